// Filters a list by the data-* attributes of its rows. Without script the whole list stands there.
"use strict"

// Choose in a form's lists what the page's address asks for, if they have it. Return the address's query.
function gongbaoAsked(form) {
  const asked = new URLSearchParams(location.search)
  for (const list of form.querySelectorAll("select")) {
    const value = asked.get(list.name)
    if ([...list.options].some((option) => option.value === value)) list.value = value
  }
  return asked
}

function gongbaoFilters() {
  for (const form of document.querySelectorAll("form[data-gb-filter]")) {
    const list = document.getElementById(form.dataset.gbFilter)
    const rows = [...list.querySelectorAll("[data-gb-row]")]
    const shown = form.querySelector("output")
    const apply = () => {
      const wanted = [...new FormData(form)].filter(([, value]) => value)
      let count = 0
      for (const row of rows) {
        row.hidden = !wanted.every(([name, value]) => row.dataset[name] === value)
        count += row.hidden ? 0 : 1
      }
      list.classList.toggle("gb-filtered", wanted.length > 0)
      if (wanted.length) for (const fold of list.querySelectorAll("details")) fold.open = true
      shown.textContent = shown.dataset.gbText.replace("#", count)
      return wanted
    }
    const keep = (wanted) => {
      const query = new URLSearchParams(wanted).toString()
      history.replaceState(history.state, "", query ? `?${query}` : location.pathname)
    }
    gongbaoAsked(form)
    form.addEventListener("change", () => keep(apply()))
    form.addEventListener("submit", (event) => event.preventDefault())
    form.hidden = false
    apply()
  }
}

// Buttons that need script show with it: print the page, copy its address.
function gongbaoTools() {
  for (const button of document.querySelectorAll("[data-gb-print]")) {
    button.hidden = false
    button.onclick = () => print()
  }
  for (const button of document.querySelectorAll("[data-gb-copy]")) {
    if (!navigator.clipboard) continue
    button.hidden = false
    const words = button.textContent
    button.onclick = async () => {
      const canonical = document.querySelector("link[rel=canonical]")
      await navigator.clipboard.writeText(canonical ? canonical.href : location.href.split("#")[0])
      button.textContent = button.dataset.gbCopy
      setTimeout(() => { button.textContent = words }, 2000)
    }
  }
}

// The theme's menu and search open by labels of hidden switches. Real buttons take their places, for the keyboard and
// for screen readers, named as what they open.
const gongbaoOpened = { __drawer: ".md-sidebar--primary nav", __search: "[data-gb-search]" }
const gongbaoButton = (id) => document.querySelector(`button.md-header__button[for=${id}]`)

function gongbaoButtons() {
  for (const label of document.querySelectorAll("label.md-header__button")) {
    const opened = document.querySelector(gongbaoOpened[label.htmlFor])
    if (!opened) continue
    const button = document.createElement("button"), { htmlFor } = label
    button.append(...label.childNodes)
    for (const [name, value] of Object.entries({
      class: label.className, for: htmlFor, type: "button", "aria-expanded": "false",
      "aria-label": opened.getAttribute("aria-label"),
    })) button.setAttribute(name, value)
    button.onclick = () => document.getElementById(htmlFor).click()
    label.replaceWith(button)
  }
}

// A phone moves the menu's top sideways: so far that it shows where the reader is.
function gongbaoMenuTop() {
  const here = document.querySelector(".md-tabs__item--active"), list = here?.parentElement
  const beyond = here ? here.getBoundingClientRect().right - list.clientWidth : 0
  if (beyond > 0) list.scrollLeft += beyond + list.clientWidth / 3
}

// Larger type and stronger contrast for whoever switches to them, remembered until switched back. A page without script
// has two links in the switch's place.
function gongbaoLarger() {
  const link = document.getElementById("gb-larger"), button = document.createElement("button"), root = document.documentElement
  if (!link) return
  link.nextElementSibling.remove()
  link.replaceWith(button)
  button.append(link.textContent)
  button.className = link.className
  button.type = "button"
  const show = () => button.setAttribute("aria-pressed", root.classList.contains("gb-larger-type"))
  button.onclick = () => {
    root.classList.toggle("gb-larger-type")
    try {
      if (root.classList.contains("gb-larger-type")) localStorage.gbLarger = 1
      else localStorage.removeItem("gbLarger")
    } catch {}
    show()
  }
  show()
}

// The theme lets a wide table move sideways within a page written by hand: the keyboard moves it too.
function gongbaoTables() {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0
  }
}

function gongbao() {
  gongbaoLarger()
  gongbaoTables()
  gongbaoFilters()
  gongbaoTools()
  gongbaoButtons()
  gongbaoMenuTop()
  gongbaoSearchPage()
}

// The search's scripts come when a reader first touches the search, or on its own page. The first needs the second,
// which it would ask for only when it is there.
const gongbaoSearch = ["gongbao-search.js", "gongbao-words.js"].map((file) => new URL(file, document.currentScript.src))

// Load the search and do something with it; the place that shows what it finds says that it comes, or that it did not.
async function gongbaoWithSearch(status, use) {
  status.textContent ||= status.dataset.gbWait
  try {
    const [search] = await Promise.all(gongbaoSearch.map((script) => import(script)))
    use(search)
  } catch (error) {
    status.textContent = status.dataset.gbFailed
    console.error(error)
  }
}

function gongbaoSearchPage() {
  if (document.getElementById("gb-search")) gongbaoWithSearch(document.querySelector(".gb-search [role=status]"), (search) => search.page())
}

document.addEventListener("focusin", ({ target }) => {
  const box = target.closest("[data-gb-search]")
  if (box) gongbaoWithSearch(box.querySelector("[role=status]"), () => {})
})
document.addEventListener("change", ({ target }) => {
  if (!gongbaoOpened[target.id]) return
  gongbaoButton(target.id)?.setAttribute("aria-expanded", target.checked)
  if (target.checked) document.querySelector(gongbaoOpened[target.id]).querySelector("a, input").focus({ preventScroll: true })
})
// Whoever leaves the open menu, by keyboard or to a place on this page, closes it.
document.addEventListener("click", ({ target }) => {
  const open = document.getElementById("__drawer")
  if (open.checked && target.closest(".md-sidebar--primary a")) open.click()
})
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest(".md-sidebar--primary"), open = document.getElementById("__drawer")
  if (menu && open.checked && relatedTarget && !menu.contains(relatedTarget)) open.click()
})
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) {
    for (const id in gongbaoOpened) {
      if (!document.getElementById(id).checked) continue
      document.getElementById(id).click()
      document.activeElement.blur()
      gongbaoButton(id)?.focus()
    }
  }
  const typing = event.target.closest("input:not([type=radio]), textarea, select, [contenteditable], [data-gb-search]")
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return
  const input = document.querySelector("[data-gb-search] input"), open = document.getElementById("__search")
  if (!input) return
  event.preventDefault()
  if (!open.checked) open.click()
  input.focus()
  input.select()
})

if (window.document$) document$.subscribe(gongbao)
else document.addEventListener("DOMContentLoaded", gongbao)
