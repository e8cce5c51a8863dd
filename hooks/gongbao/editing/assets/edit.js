// Starts the editor with the form of this site. In a preview it also shows what the check says of the open record.

import { recordFormat, Unkept } from "./record-format.js";

const FORMAT = "gongbao";
const form = await (await fetch("editor.json")).json();
const { fromFile, toFile } = recordFormat(form.shape);

const PREFERENCES = "sveltia-cms.prefs";
if (!localStorage.getItem(PREFERENCES)) {
  // A writer who saves stays in the form, where the check tells what is wrong. The editor stores its own
  // preferences as soon as it is loaded.
  const locale = form.language === "zh" ? "zh-CN" : "en-US";
  localStorage.setItem(PREFERENCES, JSON.stringify({ locale, closeOnSave: false }));
}
const { default: CMS } = await import("./bundle/cms.js");

/** Puts the choices in the place of their names. */
function filled(field) {
  const options = typeof field.options === "string" ? { options: form.choices[field.options] } : {};
  const fields = field.fields ? { fields: field.fields.map(filled) } : {};
  return { ...field, ...options, ...fields };
}

/** A record that cannot be kept whole is shown, and not saved. */
function opened(file) {
  try {
    return fromFile(file);
  } catch (error) {
    if (!(error instanceof Unkept)) throw error;
    const reason = error.reason === "comment" ? form.messages["locked-comment"] : form.messages["locked-form"];
    const name = /^(?:title|标题|名称)[:：]\s*(.+)$/m.exec(file)?.[1] ?? "";
    return { title: form.messages.locked.replace("{name}", name), summary: reason, body: file, locked: reason };
  }
}

CMS.registerCustomFormat(FORMAT, "md", {
  fromFile: opened,
  toFile(values) {
    if (values.locked) throw new Error(values.locked);
    return toFile(values);
  },
});

const fields = [...form.fields.map(filled), { name: "locked", widget: "hidden" }];
const withFiles = fields.flatMap((field) => (field.name === "body" ? [field, form.files] : [field]));
const besideTheRecord = { media_folder: "", public_folder: "" };
const common = {
  format: FORMAT,
  fields,
  create: true,
  slug: { editable: ["create"], hint: form.messages["slug-hint"], pattern: [form.slug, form.messages["slug-hint"]] },
  editor: { preview: false },
  sortable_fields: ["title"],
  thumbnail: false,
};
const collections = form.folders.flatMap(({ name, folder, label, pictures, page }) => [
  { ...common, name, label, folder, preview_path: page, path: "{{slug}}" },
  { ...common, ...besideTheRecord, name: `${name}-pictures`, label: pictures, folder, preview_path: page, path: "{{slug}}/index", fields: withFiles },
]);

await CMS.init({
  config: {
    load_config_file: false,
    backend: form.backend,
    publish_mode: form.review ? "editorial_workflow" : "simple",
    site_url: new URL("../", location.href).href,
    media_folder: "content",
    public_folder: "",
    slug: { encoding: "unicode", clean_accents: false },
    media_libraries: { default: { config: { slugify_filename: true } }, stock_assets: false },
    output: { omit_empty_optional_fields: true },
    collections,
  },
});
document.getElementById("gb-loading")?.remove();
if (form.preview) watchProblems();

/** Shows what the preview's check says of the record that is open, or was saved last. */
function watchProblems() {
  const panel = document.createElement("aside");
  panel.className = "gb-check";
  panel.hidden = true;
  panel.setAttribute("aria-live", "polite");
  document.body.append(panel);
  new ResizeObserver(() => document.body.style.setProperty("--gb-check", `${panel.offsetHeight}px`)).observe(panel);
  let path = "";
  let shown = "";

  const open = () => {
    const found = /^#\/collections\/([^/]+)\/entries\/([^/?]+)/.exec(location.hash);
    const collection = found && collections.find(({ name }) => name === found[1]);
    if (collection) path = `${collection.folder}/${collection.path.replace("{{slug}}", decodeURIComponent(found[2]))}.md`;
  };
  window.addEventListener("hashchange", open);
  open();

  const element = (tag, text, className = "") => Object.assign(document.createElement(tag), { textContent: text, className });
  const look = async (query = "") => {
    try {
      const { problems, failure } = await (await fetch(`problems.json${query}`)).json();
      const here = problems.filter((problem) => problem.path === path);
      const others = problems.filter((problem) => problem.path !== path);
      const wrong = others.filter(({ severity }) => severity === "error").length;
      const elsewhere = wrong || others.length;
      const said = JSON.stringify([path, here, wrong, elsewhere, failure]);
      if (said !== shown) {
        shown = said;
        const { found, clean, elsewhere: warned, "elsewhere-wrong": broken } = form.messages;
        const told = [...here, ...(failure ? [{ text: failure, severity: "error" }] : [])];
        panel.replaceChildren(
          element("p", `${path} ${told.length ? found.replace("{count}", told.length) : clean}`),
          ...told.map(({ text, severity }) => element("pre", text, severity)),
          ...(elsewhere ? [element("p", (wrong ? broken : warned).replace("{count}", elsewhere))] : []),
        );
        panel.dataset.wrong = String(told.length > 0);
        panel.hidden = !path && !told.length && !elsewhere;
      }
    } catch {
      // the preview is being ended, or begins
    }
  };
  const lookAgain = () => look().then(() => setTimeout(lookAgain, 300));
  lookAgain();
  CMS.registerEventListener({
    name: "postSave",
    handler: ({ entry }) => {
      path = entry.get("path");
      look("?saved");
    },
  });
}
