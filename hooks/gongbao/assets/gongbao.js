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

if (window.document$) document$.subscribe(gongbaoFilters)
else document.addEventListener("DOMContentLoaded", gongbaoFilters)
