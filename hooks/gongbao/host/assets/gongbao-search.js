// The search: loaded when a reader first touches the box, or on the search's own page. It asks Pagefind's index and
// shows what is found, in the box and on the page alike.
import { facet, hits, keys, phrases } from "./gongbao-words.js"

const ROOT = new URL("../", import.meta.url), INDEX = new URL("pagefind/", ROOT)
const AT_ONCE = 10
const AROUND = 24, LENGTH = 96 // letters before a hit, and in an excerpt
const UNCUT = 24 // letters of the longest word or number that an excerpt does not cut
const EARLY = 30 // a hit among so many first keys stands in the title, or nearly so
const FIRST = 3 // words of a long phrase that are asked for first
const TEXT = 1.7 // kilobytes of a record's text
const WAIT = 150 // milliseconds after a key, for the next one
const LETTER = { year: "y", half: "h", topic: "t", unit: "u", kind: "k" }

// The index as it was when it was opened. After a failure it is opened anew: what could not be fetched may be there again,
// or the site was published meanwhile and its files have other names.
let opening

const ready = () => opening ??= load()
const forget = () => opening = undefined

async function load() {
  const program = import(new URL("pagefind.js", INDEX))
  program.catch(() => {}) // told where it is waited for: an empty archive has none
  fetchAhead(["wasm.unknown.pagefind"])
  // The browser may keep what this file names, and has to ask for this one every time: both change with the index.
  const options = await (await fetch(new URL("gongbao.json", INDEX), { cache: "no-cache" })).json()
  fetchAhead(options.volumes.flatMap(({ folder, digest, meta }) => [`${folder}pagefind-entry.json?ts=${digest}`, folder + meta]))
  const common = new Set(options.common)
  const keysOf = (row) => keys(row, common)
  const cost = (row) => keysOf(row).reduce((all, one) => all + (options.costs[one] ?? options.cost), 0)
  const index = options.volumes.length ? await opened(await program, options.volumes) : { search: () => ({ results: [] }) }
  const find = async (wanted) => (await index.search(`"${wanted.join(" ")}"`)).results
  return { ...options, cost, find, findRow: (row) => find(keysOf(row)) }
}

// Pagefind asks for one file after the other, and each would cost a slow line its delay once more: fetch them together.
function fetchAhead(files) {
  document.head.append(...files.map((file) =>
    Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href: new URL(file, INDEX) })))
}

// Volumes are told apart, and put in order, by the score that they give to whatever they find.
async function opened({ createInstance }, [first, ...others]) {
  const index = createInstance({ noWorker: true, indexWeight: others.length + 1, metaCacheTag: first.digest })
  await index.init()
  await Promise.all(others.map(({ folder, digest }, at) =>
    index.mergeIndex(new URL(folder, INDEX).pathname, { indexWeight: others.length - at, metaCacheTag: digest })))
  return index
}

// Return the records that have a phrase, and whether each has it early. Every key costs the reader some kilobytes of the
// index. Of a long phrase the cheapest part is asked for first, then one word more at a time; as soon as the texts of
// all that have the part cost less than the other keys, the texts tell.
async function having(row) {
  const { findRow, cost } = await ready()
  const part = (start, end) => start < 0 || end > row.length ? Infinity : cost(row.slice(start, end))
  const size = Math.min(FIRST, row.length)
  let from = 0
  for (let at = 1; at + size <= row.length; at++) if (part(at, at + size) < part(from, from + size)) from = at
  for (let to = from + size;;) {
    const results = await findRow(row.slice(from, to))
    const whole = to - from === row.length
    if (whole || results.length * TEXT < cost(row) - part(from, to)) {
      const those = whole ? results : await reading(results, row)
      return those.map((result) => ({ result, early: result.words[0] - from < EARLY }))
    }
    if (part(from - 1, to) <= part(from, to + 1)) from--
    else to++
  }
}

// Return those of some records that have a phrase in their texts.
async function reading(results, row) {
  const texts = await Promise.all(results.map(textsOf))
  return results.filter((_, at) => texts[at].found.some((text) => hits(text, [row]).length))
}

// Return a record's address and texts: its title, what is shown beside it, and all in which something can be found.
async function textsOf(result) {
  const { raw_url: address, shown: [title, where, ...further] } = await result.data()
  return { address, title, where, further, found: [title, ...further] }
}

// Return all records that have every phrase and fit every filter: the newest first, after those that begin with it.
export async function search(query, filters = {}) {
  const { find } = await ready()
  const rows = phrases(query)
  const chosen = async (name, value) => (await find([facet(LETTER[name], value)])).map((result) => ({ result }))
  const facets = Object.entries(filters).map((filter) => chosen(...filter))
  if (!rows.length && !facets.length) return null
  const [first, ...further] = await Promise.all([...rows.map(having), ...facets])
  const name = ({ result }) => `${result.score} ${result.id}`
  const others = further.map((found) => new Set(found.map(name)))
  const all = first.filter((one) => others.every((names) => names.has(name(one))))
  all.sort((one, other) => !one.early - !other.early || other.result.score - one.result.score)
  return { rows, results: all.map(({ result }) => result) }
}

// Return an element with text in it, its hits marked.
function marked(tag, className, text, places, from = 0, to = text.length) {
  const element = document.createElement(tag)
  element.className = className
  if (!document.documentElement.lang.startsWith("zh") && /\p{Script=Han}/u.test(text)) element.lang = "zh"
  let at = from
  for (const [start, end] of places) {
    if (start < from || end > to) continue
    const mark = document.createElement("mark")
    mark.textContent = text.slice(start, end)
    element.append(text.slice(at, start), mark)
    at = end
  }
  element.append(text.slice(at, to))
  return element
}

async function entry(result, rows) {
  const { address, title, where, further } = await textsOf(result)
  const link = document.createElement("a")
  link.className = "gb-hit md-search-result__link"
  link.href = new URL(address.slice(1), ROOT)
  link.append(marked("span", "gb-hit-title", title, hits(title, rows)), marked("span", "gb-hit-where", where, []))
  const all = further.map((text) => ({ text, places: hits(text, rows) }))
  const { text, places } = all.find((one) => one.places.length) ?? all[0] ?? { text: "", places: [] }
  if (text) {
    const hit = places[0] ?? [0, 0]
    const from = whole(text, hit[0] - AROUND, -1), to = whole(text, Math.max(hit[1], from + LENGTH), 1)
    const shown = marked("span", "gb-hit-text", text, places, from, to)
    if (from) shown.prepend("…")
    if (to < text.length) shown.append("…")
    link.append(shown)
  }
  const item = document.createElement("li")
  item.className = "md-search-result__item"
  item.append(link)
  return item
}

// Return a place for a cut, moved so that no number, no Latin word and no letter of two units is cut in half.
function whole(text, at, step) {
  const place = Math.min(Math.max(at, 0), text.length), end = place + step * UNCUT
  for (let cut = place; cut !== end; cut += step) if (!/^(?:[\w.,+%-]{2}|[\ud800-\udbff])/.test(text.slice(cut - 1, cut + 1))) return cut
  return place
}

// Tie a form to the list that shows what it finds.
function tie({ form, list, status, filters, more, changed }) {
  const input = form.elements.q, place = filters.closest("details")
  let turn = 0, timer, asked = "", answered, next, busy = false

  const wanted = () => Object.fromEntries([...filters.querySelectorAll("select")]
    .filter((select) => select.value).map((select) => [select.name, select.value]))

  // Answer what the form says now; resolved when that is shown.
  function run() {
    clearTimeout(timer)
    const query = input.value, chosen = wanted(), asking = JSON.stringify([query, chosen])
    if (asked !== asking) {
      asked = asking
      answered = answer(query, chosen, ++turn)
    }
    return answered
  }

  async function answer(query, chosen, mine) {
    delete list.dataset.total
    status.textContent = status.dataset.gbWait
    const look = async () => {
      const options = await ready(), found = await search(query, chosen)
      const { rows, results } = found ?? { rows: [], results: [] }
      const show = (from) => Promise.all(results.slice(from, from + AT_ONCE).map((one) => entry(one, rows)))
      return { options, found, results, show, items: await show(0) }
    }
    try {
      const { options, found, results, show, items } = await look().catch(() => mine === turn && (forget(), look()))
      if (mine !== turn) return
      const { words } = options
      fill(options)
      if (place) place.firstElementChild.dataset.gbChosen = Object.keys(chosen).length
      list.replaceChildren(...items)
      const count = results.length === 1 ? words["count-one"] : words.count.replace("#", results.length.toLocaleString("en"))
      status.textContent = !found ? words.ask : results.length ? count : words.none
      if (found) list.dataset.total = results.length
      more.textContent = words.more
      more.hidden = results.length <= AT_ONCE
      next = async () => {
        const first = list.children.length, further = await show(first)
        if (mine !== turn) return
        list.append(...further)
        more.hidden = list.children.length >= results.length
        list.children[first]?.querySelector("a").focus()
      }
      changed(query, chosen)
    } catch (error) {
      if (mine !== turn) return
      list.replaceChildren()
      more.hidden = true
      failed(error)
    }
  }

  // Say that something could not be fetched; whatever is asked next is asked anew.
  function failed(error) {
    forget()
    asked = ""
    next = run
    status.textContent = status.dataset.gbFailed
    console.error(error)
  }

  async function further() {
    if (busy) return
    busy = true
    await next().catch(failed)
    busy = false
  }

  // What comes at a stroke, out of an input method or pasted, is a whole word: only after single keys more may follow.
  const typed = ({ target, isComposing, data, inputType = "" }) => {
    if (target !== input || isComposing) return
    clearTimeout(timer)
    if (/^[ -~]$/.test(data ?? "") || inputType.startsWith("delete")) timer = setTimeout(run, WAIT)
    else run()
  }
  form.addEventListener("input", typed)
  form.addEventListener("compositionend", run)
  filters.addEventListener("change", run)
  form.addEventListener("reset", () => {
    for (const select of filters.querySelectorAll("select")) select.value = "" // the box has them outside of its form
    setTimeout(run)
    input.focus()
  })
  more.addEventListener("click", further)
  const filled = ready().then(fill)
  filled.catch(run)
  return { input, run, wanted, further, filled }

  // Put the filters in their place, unless they are there already.
  function fill({ filters: all, words }) {
    if (filters.children.length) return
    filters.append(...all.map((filter) => {
      const label = document.createElement("label"), select = document.createElement("select")
      select.name = filter.name
      select.append(new Option(words.all, ""), ...filter.values.map(([value, title]) => new Option(title, value)))
      label.append(filter.title, select)
      return label
    }))
    if (place) place.hidden = !all.length
  }
}

// Return how an address says what is looked for; empty if nothing is.
function said(query, chosen) {
  const words = new URLSearchParams({ ...(query ? { q: query } : {}), ...chosen }).toString()
  return words && `?${words}`
}

// The box in the header: opened and closed by the theme's own switch, with the theme's keys.
function box() {
  const open = document.getElementById("__search"), place = document.querySelector("[data-gb-search]")
  const form = place.querySelector("form"), list = place.querySelector("ol"), page = place.querySelector("[data-gb-page]")
  const { input, run, wanted } = tie({
    form,
    list,
    status: place.querySelector("[role=status]"),
    filters: place.querySelector("[data-gb-filters]"),
    more: place.querySelector("[data-gb-more]"),
    changed: (query, chosen) => page.search = said(query, chosen),
  })
  const set = (to) => open.checked === to || open.click()
  input.addEventListener("focus", () => set(true))
  open.addEventListener("change", () => open.checked ? input.focus() : input.blur())
  place.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !place.contains(relatedTarget)) set(false)
  })
  place.addEventListener("click", ({ target }) => target.closest("a") && set(false))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    page.search = said(input.value, wanted())
    page.click()
  })
  place.addEventListener("keydown", (event) => {
    const { key: pressed, target } = event
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (pressed === "Escape" || target.matches("select, button, summary")) return
    if (pressed === "ArrowDown" || pressed === "ArrowUp") {
      const row = [input, ...list.querySelectorAll("a")]
      const at = Math.max(0, row.indexOf(target)) + (pressed === "ArrowDown" ? 1 : row.length - 1)
      row[at % row.length].focus()
    } else if (pressed.length === 1 && target !== input && pressed !== " ") {
      input.focus() // and the letter goes there
      return
    } else return
    event.preventDefault()
  })
  if (document.activeElement === input) set(true)
  run()
}

// The page of the search, whose address says what is looked for.
export function page() {
  const form = document.getElementById("gb-search")
  if (!form || form.dataset.tied) return
  form.dataset.tied = "yes"
  const list = document.getElementById("search-results")
  const { input, run, further, filled } = tie({
    form,
    list,
    status: document.querySelector(".gb-search [role=status]"),
    filters: form.querySelector("[data-gb-filters]"),
    more: document.querySelector(".gb-search [data-gb-more]"),
    changed: (query, chosen) => keep({}, said(query, chosen) || location.pathname),
  })
  const asked = new URLSearchParams(location.search), left = history.state?.gbLeft
  form.hidden = false
  list.addEventListener("click", ({ target }) => {
    const links = [...list.querySelectorAll("a")], at = links.indexOf(target.closest("a"))
    if (at >= 0) keep({ at, shown: links.length })
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    run()
  })
  input.value = asked.get("q") ?? ""
  filled.then(() => {
    for (const select of form.querySelectorAll("select")) {
      const value = asked.get(select.name)
      if ([...select.options].some((option) => option.value === value)) select.value = value
    }
    return run()
  }).then(() => left?.shown && back(left), () => {})

  // Note in the history at which of how many results the reader leaves the list.
  function keep(gbLeft, address = "") {
    history.replaceState({ ...history.state, gbLeft }, "", address)
  }

  // Take a reader who comes back to the result that was followed.
  async function back({ at, shown }) {
    for (let before = -1; before < list.children.length && list.children.length < shown; await further())
      before = list.children.length
    list.children[at]?.querySelector("a").focus()
  }
}

box()
