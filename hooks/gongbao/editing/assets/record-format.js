// Reads a record's file for the editor's form, and writes it in the canonical form of `gongbao format`: see
// records/canonical.py. What a writer did not change stays sign by sign as it was: names, quotes, brackets and lines.
//
// A file is opened for writing only if `write(read(text))` is that very text, so nothing can be lost. Comments, and YAML
// that the canonical form does not have, are refused.

// The texts that get no quotes: `SIMPLE` of canonical.py.
const SIMPLE =
  /^(?:[+-](?=[0-9]))?[0-9A-Za-z\u3400-\u9fff](?: ?[0-9A-Za-z\u3400-\u9fff%.~+·—…、。；（）《》“”-]|，(?=[\u3400-\u9fff])|#(?=[0-9A-Za-z])|(?::\/)?\/)*(?<![、。；])$/;
const NO_PLAIN = /[,[\]{}\n]/;
const ESCAPED = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const NO_START = /^[-?:](?=\s|$)|^[,[\]{}#&*!|>'"%@`]/;

/** A file that the editor leaves alone. `reason` is a key of the editor's messages. */
export class Unkept extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

// ---- The tree: {text, plain}, {items, flow}, {entries: [[key, node or null]], flow} ----

const asText = (text, plain = true) => ({ text, plain });
const isTable = (node) => node?.entries !== undefined;
const isList = (node) => node?.items !== undefined;

/** Returns the tree of canonical YAML. Throws Unkept for anything else. */
export function readFields(text) {
  const reader = new Reader(text.split("\n"));
  const tree = reader.block(0);
  if (reader.at < reader.lines.length || !isTable(tree)) throw new Unkept("form");
  return tree;
}

class Reader {
  constructor(lines) {
    this.lines = lines;
    this.at = 0;
  }

  indentOf(line) {
    return line.length - line.trimStart().length;
  }

  /** Reads the mapping or list whose lines begin with `indent` blanks. */
  block(indent) {
    const first = this.lines[this.at] ?? "";
    if (this.indentOf(first) !== indent || !first) throw new Unkept(first.trim() ? "form" : "empty");
    return /^-( |$)/.test(first.slice(indent)) ? this.list(indent) : this.table(indent);
  }

  here(indent) {
    const line = this.lines[this.at];
    if (line === undefined) return false;
    if (/^\s*#/.test(line)) throw new Unkept("comment");
    return line !== "" && this.indentOf(line) === indent;
  }

  table(indent) {
    const entries = [];
    while (this.here(indent)) {
      const line = this.lines[this.at].slice(indent);
      const [key, rest] = this.key(line);
      if (entries.some(([name]) => name === key)) throw new Unkept("form");
      this.at += 1;
      entries.push([key, this.value(rest, indent)]);
    }
    return { entries, flow: false };
  }

  list(indent) {
    const items = [];
    while (this.here(indent) && /^-( |$)/.test(this.lines[this.at].slice(indent))) {
      const rest = this.lines[this.at].slice(indent + 2);
      if (/^(?:"[^"]*"|'[^']*'|[^\s"'[{|>#,][^#]*?):( |$)/.test(rest)) {
        this.lines[this.at] = `${" ".repeat(indent + 2)}${rest}`; // the first field stands beside the hyphen
        items.push(this.table(indent + 2));
      } else {
        this.at += 1;
        items.push(this.value(rest, indent) ?? asText(""));
      }
    }
    return { items, flow: false };
  }

  /** Splits a line into a key and what follows. */
  key(line) {
    const found = /^([^\s"'].*?|"[^"\\]*"|'(?:[^']|'')*'):(?: (.*))?$/.exec(line);
    if (!found || NO_START.test(found[1].replace(/^["']/, ""))) throw new Unkept("form");
    return [scalarOf(found[1]).text, found[2] ?? ""];
  }

  value(rest, indent) {
    if (/^\|[-+]?$/.test(rest)) return asText(this.literal(rest.slice(1), indent + 2), true);
    if (rest) return readInline(rest);
    const next = this.lines[this.at];
    return next && this.indentOf(next) === indent + 2 ? this.block(indent + 2) : null;
  }

  literal(chomping, indent) {
    const lines = [];
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      if (line !== "" && this.indentOf(line) < indent) break;
      lines.push(line.slice(indent));
      this.at += 1;
    }
    return lines.join("\n") + (chomping === "-" ? "" : "\n");
  }
}

/** Returns the node that stands in one line. */
function readInline(line) {
  let at = 0;
  const fail = () => {
    throw new Unkept(/(^|\s)#/.test(line) ? "comment" : "form");
  };
  const take = (sign) => (line.startsWith(sign, at) ? ((at += sign.length), true) : false);
  const plainUntil = (end) => {
    const found = end.exec(line.slice(at));
    const text = found ? line.slice(at, at + found.index) : line.slice(at);
    at += text.length;
    return text;
  };
  const scalar = (end) => {
    const found = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(line.slice(at));
    if (!found) return scalarOf(plainUntil(end));
    at += found[0].length;
    return scalarOf(found[0]);
  };
  const node = () => {
    if (take("[")) {
      const items = [];
      while (!take("]")) {
        if (items.length && !take(", ")) fail();
        items.push(node());
      }
      return { items, flow: true };
    }
    if (take("{")) {
      const entries = [];
      while (!take("}")) {
        if (entries.length && !take(", ")) fail();
        const key = scalar(/:( |[,}]|$)/).text;
        if (!take(":") || entries.some(([name]) => name === key)) fail();
        take(" ");
        entries.push([key, /^[,}]/.test(line.slice(at)) ? null : node()]);
      }
      return { entries, flow: true };
    }
    return scalar(/[,[\]{}]/);
  };
  if (!/^[[{"']/.test(line)) return scalarOf(line);
  const made = node();
  if (at < line.length) fail();
  return made;
}

function scalarOf(written) {
  if (written.startsWith('"')) {
    if (/\\/.test(written)) return asText(JSON.parse(written), false);
    return asText(written.slice(1, -1), false);
  }
  if (written.startsWith("'")) return asText(written.slice(1, -1).replaceAll("''", "'"), false);
  if (/\s#/.test(written)) throw new Unkept("comment");
  if (written !== written.trim() || NO_START.test(written) || /:(\s|$)|\t/.test(written)) throw new Unkept("form");
  return asText(written);
}

// ---- Writing ----

export function quoted(text) {
  if (ESCAPED.test(text)) {
    const all = new RegExp(ESCAPED.source, "g");
    return JSON.stringify(text).replace(all, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  }
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

const scalar = ({ text, plain }) => (SIMPLE.test(text) || (plain && !NO_PLAIN.test(text)) ? text : quoted(text));
const named = (key) => scalar(asText(key));

/** Returns the lines of a tree in canonical form. */
export function writeFields(tree, shape) {
  return table(tree, shape.root, "", shape);

  function ordered(node, model) {
    const fields = Object.entries(shape.models[model]?.fields ?? {});
    const place = (key) => {
      const at = fields.findIndex(([, field]) => spells(field, key));
      return at < 0 ? fields.length : at;
    };
    return [...node.entries].sort(([one], [other]) => place(one) - place(other));
  }

  function inner(model, key) {
    return fieldOf(shape, model, key)?.model;
  }

  function table(node, model, indent) {
    return ordered(node, model).flatMap(([key, value]) => entry(`${named(key)}:`, value, inner(model, key), indent));
  }

  function entry(head, value, model, indent) {
    const deeper = `${indent}  `;
    let below = [];
    if (isTable(value) && !value.flow) below = table(value, model, deeper);
    else if (isList(value) && !value.flow) below = value.items.flatMap((item) => entry("-", item, model, deeper));
    else if (value && !isTable(value) && !isList(value) && isBlock(value.text)) {
      const lines = value.text.replace(/\n$/, "").split("\n");
      const chomping = value.text.endsWith("\n\n") ? "+" : value.text.endsWith("\n") ? "" : "-";
      return [`${indent}${head} |${chomping}`, ...lines.map((line) => (line ? deeper + line : ""))];
    } else {
      const written = inline(value, model);
      return [`${indent}${head}${written ? " " : ""}${written}`];
    }
    if (head === "-" && below.length) return [`${indent}- ${below[0].trimStart()}`, ...below.slice(1)];
    return [`${indent}${head}`, ...below];
  }

  function inline(node, model) {
    if (isTable(node)) {
      const parts = ordered(node, model).map(([key, value]) => `${named(key)}: ${inline(value, inner(model, key))}`);
      return `{${parts.join(", ")}}`;
    }
    if (isList(node)) return `[${node.items.map((item) => inline(item, model)).join(", ")}]`;
    return !node || (node.plain && !node.text) ? "" : scalar(node);
  }
}

function isBlock(text) {
  const lines = text.split("\n");
  return lines.length > 1 && lines[0] !== "" && !/^\s/.test(lines[0]) && lines.every(fitsBlock);
}

// No class of Unicode: each browser, and each version of Python, knows other signs.
const fitsBlock = (line) => !line || (line.trim() !== "" && !ESCAPED.test(line.replaceAll("\t", "")));

// ---- Values for the form, by English names, and trees of changed values ----

const spells = (field, key) => field.names.includes(key) || field.names.includes(key.toLowerCase());
const fieldOf = (shape, model, key) =>
  Object.values(shape.models[model]?.fields ?? {}).find((field) => spells(field, key));
const fold = (text) => text.trim().normalize("NFC").toLowerCase();
const wordFor = (words, text) =>
  Object.keys(words).find((word) => fold(text) === word || words[word].some((other) => fold(other) === fold(text)));

/** Returns the value of a node: texts, booleans, lists, and objects by English names. */
function valueOf(node, field, shape) {
  if (field.several) {
    return (isList(node) ? node.items : [node]).map((item) => valueOf(item, { ...field, several: false }, shape));
  }
  if (field.model) {
    if (isTable(node)) return valuesOf(node, field.model, shape);
    if (field.bare && node && !isList(node)) return { [field.bare]: node.text };
    throw new Unkept("form");
  }
  if (!node || isTable(node) || isList(node)) throw new Unkept("form");
  if (field.flag) {
    const word = wordFor(field.words, node.text);
    if (!word) throw new Unkept("form");
    return word === "true";
  }
  if (field.words) return wordFor(field.words, node.text) ?? node.text;
  if (field.list) return shape.lists[field.list][fold(node.text)] ?? node.text;
  return node.text;
}

function valuesOf(node, model, shape) {
  const values = {};
  for (const [name, field] of Object.entries(shape.models[model].fields)) {
    const entries = node.entries.filter(([key]) => spells(field, key));
    if (entries.length > 1) throw new Unkept("form");
    const value = entries[0]?.[1];
    if (value) values[name] = valueOf(value, field, shape);
  }
  return values;
}

/** Returns a value without what says nothing, or undefined. */
function meant(value) {
  if (Array.isArray(value)) {
    const items = value.map(meant).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (value && typeof value === "object") {
    const entries = Object.entries(value)
      .map(([name, inner]) => [name, meant(inner)])
      .filter(([, inner]) => inner !== undefined);
    return entries.length ? Object.fromEntries(entries) : undefined;
  }
  if (value === null || value === undefined || value === "" || value === false) return undefined;
  return typeof value === "string" ? value.replaceAll("\r\n", "\n") : value;
}

const alike = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === "object"
      ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]))
      : value;

/** Returns the node for a value: the `old` one where it says the same, else a new one in the old one's form. */
function nodeFor(value, field, shape, old, chinese, deep) {
  if (old && alike(meant(valueOf(old, field, shape)), meant(value))) return old;
  const wanted = meant(value);
  if (wanted === undefined) return undefined;
  if (field.several) {
    const one = { ...field, several: false };
    const before = old ? (isList(old) ? [...old.items] : [old]) : [];
    const left = new Set(before);
    const same = wanted.map((item) => {
      const found = [...left].find((node) => alike(meant(valueOf(node, one, shape)), item));
      left.delete(found);
      return found;
    });
    const items = wanted.map((item, at) => {
      if (same[at]) return same[at];
      const place = left.has(before[at]) ? before[at] : undefined;
      left.delete(place);
      return nodeFor(item, one, shape, place, chinese, true);
    });
    if (items.length === 1 && ((old && !isList(old)) || (!old && shape.models[field.model]?.brackets && !deep))) {
      return items[0];
    }
    return { items, flow: old && isList(old) ? old.flow : !field.model };
  }
  if (field.model) {
    const model = shape.models[field.model];
    if (field.bare && Object.keys(wanted).every((name) => name === field.bare) && !isTable(old)) {
      return asText(wanted[field.bare]);
    }
    return tableFor(wanted, field.model, shape, isTable(old) ? old : undefined, chinese, model.brackets);
  }
  if (field.flag) return asText(chinese ? field.words.true[0] : "true");
  if (field.words && chinese && field.words[wanted]) return asText(field.words[wanted][0]);
  return asText(String(wanted), SIMPLE.test(wanted));
}

function tableFor(values, model, shape, old, chinese, brackets) {
  const entries = [];
  const left = [...(old?.entries ?? [])];
  for (const [name, field] of Object.entries(shape.models[model].fields)) {
    const at = left.findIndex(([key]) => spells(field, key));
    const [key, before] = at < 0 ? [] : left.splice(at, 1)[0];
    if (at >= 0 && !before && meant(values[name]) === undefined) entries.push([key, before]);
    else {
      const node = nodeFor(values[name], field, shape, before, chinese, model !== shape.root);
      if (node) entries.push([key ?? (chinese ? (field.names[1] ?? name) : name), node]);
    }
  }
  return { entries: [...entries, ...left], flow: old ? old.flow : brackets };
}

// ---- Files ----

const PICTURE = /\.(?:avif|bmp|gif|jpe?g|png|webp)$/i;
const inLink = (name) => name.replace(/[ ()<>%#?]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/** Returns a text with a line for each of the chosen files that it does not show yet. */
function withFiles(body, chosen = []) {
  const links = chosen.filter(({ file }) => file).map(({ file, text }) => [`](${inLink(file)})`, file, text ?? ""]);
  const lines = links
    .filter(([link]) => !body.includes(link))
    .map(([link, file, text]) => `${PICTURE.test(file) ? "!" : ""}[${text.replace(/[[\]\\]/g, "\\$&")}${link}`);
  return lines.length ? [body.trimEnd(), ...lines].filter(Boolean).join("\n\n") : body;
}

/** Splits a Markdown file into its fields, and its text with the blanks around it. */
function parts(file) {
  const found = /^---\n([^]*?\n)---(?:\n([^]*))?$/.exec(file);
  if (!found) throw new Unkept("form");
  const [, before, body, behind] = /^(\n*)([^]*?)(\s*)$/.exec(found[2] ?? "");
  return { fields: found[1], before, body, behind, ends: found[2] !== undefined };
}

/** Returns the two functions of a format of Sveltia's for records of this shape (`record_shape`). */
export function recordFormat(shape) {
  const write = (tree) => `${writeFields(tree, shape).join("\n")}\n`;

  function read(file) {
    const text = file.replaceAll("\r\n", "\n");
    const found = parts(text);
    const tree = readFields(found.fields.slice(0, -1));
    if (write(tree) !== found.fields) throw new Unkept("form");
    if (tree.entries.some(([key]) => spells(shape.models[shape.root].fields.body, key))) throw new Unkept("form");
    if (file !== text && file !== text.replaceAll("\n", "\r\n")) throw new Unkept("form");
    return { ...found, tree, crlf: file !== text };
  }

  return {
    fromFile(file) {
      const { tree, body } = read(file);
      return { ...valuesOf(tree, shape.root, shape), body, as_written: file };
    },

    toFile({ as_written: file, files, ...values }) {
      const old = file ? read(file) : { before: "\n", behind: "\n", body: "", ends: true };
      const chinese = old.tree ? /[^\x00-\x7f]/.test(old.tree.entries[0]?.[0] ?? "") : false;
      const tree = tableFor({ ...values, body: undefined }, shape.root, shape, old.tree, chinese, false);
      const body = withFiles((values.body ?? "").replaceAll("\r\n", "\n"), files);
      const whole = body === old.body ? old.body : body.replace(/^\n+|\s+$/g, "");
      const said = old.ends || whole ? `\n${old.before || (whole && !old.ends ? "\n" : "")}${whole}${old.behind}` : "";
      const made = `---\n${write(tree)}---${said}`;
      return old.crlf ? made.replaceAll("\n", "\r\n") : made;
    },
  };
}
