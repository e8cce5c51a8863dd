// Filters a list by the data-* attributes of its rows. Without script the whole list stands there.
"use strict"

function gongbaoFilters() {
  for (const form of document.querySelectorAll("form[data-gb-filter]")) {
    const rows = [...document.getElementById(form.dataset.gbFilter).tBodies[0].rows]
    const shown = form.querySelector("output")
    const apply = () => {
      const wanted = [...new FormData(form)].filter(([, value]) => value)
      let count = 0
      for (const row of rows) {
        row.hidden = !wanted.every(([name, value]) => row.dataset[name] === value)
        count += row.hidden ? 0 : 1
      }
      shown.textContent = shown.dataset.gbText.replace("#", count)
      const query = new URLSearchParams(wanted).toString()
      history.replaceState(history.state, "", query ? `?${query}` : location.pathname)
    }
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements[name]
      if (field && [...field.options].some((option) => option.value === value)) field.value = value
    }
    form.addEventListener("change", apply)
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

// The theme's menu button is a label: give it to the keyboard too.
function gongbaoMenuButton() {
  for (const label of document.querySelectorAll(".md-header label[for=__drawer]")) {
    label.tabIndex = 0
    label.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      label.click()
    }
  }
}

function gongbao() {
  gongbaoFilters()
  gongbaoTools()
  gongbaoMenuButton()
  gongbaoSearchPage()
}

// The search's script comes when a reader first touches the search, or on its own page.
const gongbaoSearch = new URL("gongbao-search.js", document.currentScript.src)

function gongbaoSearchPage() {
  if (document.getElementById("gb-search")) import(gongbaoSearch).then((search) => search.page())
}

document.addEventListener("focusin", ({ target }) => {
  if (target.closest("[data-gb-search]")) import(gongbaoSearch)
})
document.addEventListener("change", ({ target }) => {
  if (target.id === "__search" && target.checked) document.querySelector("[data-gb-search] input")?.focus()
})
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]")
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return
  const input = document.querySelector("[data-gb-search] input")
  if (!input) return
  event.preventDefault()
  input.focus()
  input.select()
})

if (window.document$) document$.subscribe(gongbao)
else document.addEventListener("DOMContentLoaded", gongbao)
