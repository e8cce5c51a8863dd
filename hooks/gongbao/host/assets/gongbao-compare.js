// Sets any two halves, or two units, side by side, from the open data. `pages/comparison.py` does the same for pages
// that are made beforehand; a test compares both. The address keeps what was chosen.
"use strict"

function gongbaoCompare(form) {
  const { gbFiles, gbPages, gbBounds, gbStatuses, gbPoints, gbTitles, gbWait, gbFailed } = form.dataset
  const [bounds, statuses, points, titles] = [gbBounds, gbStatuses, gbPoints, gbTitles].map((text) => JSON.parse(text))
  const place = document.getElementById("gb-compared")
  const chinese = document.documentElement.lang.startsWith("zh")
  const comma = chinese ? "、" : ", "
  const files = new Map()

  // The rows of a table as objects (RFC 4180).
  function parsed(text) {
    const rows = [[]]
    let cell = "", quoted = false
    for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
      const sign = text[at]
      if (quoted ? sign !== '"' : !'",\n'.includes(sign)) {
        if (quoted || sign !== "\r") cell += sign
      } else if (quoted && text[at + 1] === '"') cell += text[++at]
      else if (sign === '"') quoted = !quoted
      else {
        rows.at(-1).push(cell)
        cell = ""
        if (sign === "\n") rows.push([])
      }
    }
    const [names, ...lines] = rows.filter((row) => row.length > 1)
    return lines.map((line) => Object.fromEntries(names.map((name, at) => [name, line[at]])))
  }

  async function load(name) {
    if (!files.has(name)) {
      const answer = await fetch(`${gbFiles}${name}.csv`)
      if (!answer.ok) throw new Error(name)
      files.set(name, parsed(await answer.text()))
    }
    return files.get(name)
  }

  // Exact decimals: a whole number of the smallest of their digits.
  function reckon(values, combine) {
    const places = Math.max(0, ...values.map((value) => (value.split(".")[1] ?? "").length))
    const whole = values.map((value) => {
      const [before, after = ""] = value.split(".")
      return BigInt(before + after.padEnd(places, "0"))
    })
    const result = whole.reduce(combine)
    const digits = (result < 0n ? -result : result).toString().padStart(places + 1, "0")
    const cut = digits.length - places
    return `${result < 0n ? "-" : ""}${digits.slice(0, cut)}${places ? `.${digits.slice(cut)}` : ""}`
  }

  const grouped = (value) => value.replace(/^(-?)(\d+)/, (_, sign, digits) =>
    sign + digits.replace(/\B(?=(\d{3})+$)/g, ","))

  function quantity(value, bound, measure) {
    const unit = `${chinese || !measure || measure === "%" ? "" : " "}${measure}`
    return bounds[bound].replace("#", () => grouped(value)).replace("@", () => unit)
  }

  // What a side says of an indicator and a unit: the words, and the value in the indicator's unit unless in doubt.
  function stated(rows) {
    const parts = rows.filter((row) => row.instalment)
    const single = rows.filter((row) => !row.instalment)
    if (parts.length) {
      const exact = parts.every((row) => row.bound === "exact" || !row.bound)
      const converted = reckon(parts.map((row) => row.converted), (one, other) => one + other)
      single.push({ converted, converted_measure: parts[0].converted_measure, bound: exact ? "exact" : "about" })
    }
    const words = (row) => row.value
      ? quantity(row.value, row.bound, row.measure)
      : quantity(row.converted, row.bound || "exact", row.converted_measure)
    const low = (row) => row.amount_low === "" ? -Infinity : Number(row.amount_low ?? row.converted)
    const high = (row) => row.amount_high === "" ? Infinity : Number(row.amount_high ?? row.converted)
    if (single.some((one) => single.some((other) => low(one) > high(other))))
      return { words: single.map((row) => `${words(row)}？`).join(comma) }
    const best = single.find((row) => row.bound === "exact") ?? single[0]
    return best ? { words: words(best), value: best.converted, bound: best.bound || "exact" } : { words: "" }
  }

  const sign = (value) => /^-|^0*\.?0*$/.test(value) ? value : `+${value}`

  function difference(one, other, indicator, definitions, [first, second]) {
    if (one.value === undefined || other.value === undefined) return ""
    const [before, after] = [first.period, second.period].sort()
    const year = (period) => period.slice(0, 4)
    const [whole, another] = [before, after].map((period) => period.endsWith("year"))
    const anew = indicator.basis === "year-to-date" && !another && year(before) !== year(after)
      && before.slice(5) !== after.slice(5)
    const changed = definitions.some((row) => row.indicator === indicator.indicator && row.defined_from
      && before < row.defined_from && row.defined_from <= after)
    if (whole !== another || anew || changed) return ""
    const change = reckon([other.value, one.value], (a, b) => a - b)
    const bound = one.bound === "exact" && other.bound === "exact" ? "exact" : "about"
    const measure = points[indicator.measure] ?? indicator.measure
    return (sign(change) === change ? change.startsWith("-") ? "-" : "" : "+")
      + quantity(change.replace("-", ""), bound, measure)
  }

  const of = (rows, side) =>
    rows.filter((row) => row.period_id === side.period && (!side.unit || row.unit === side.unit))

  async function figures(sides) {
    const [rows, indicators, units, definitions] =
      await Promise.all(["figures", "indicators", "units", "definitions"].map(load))
    const told = rows.filter((row) => row.indicator && row.converted && row.role === "figure")
    const there = sides.map((side) => of(told, side))
    const single = sides.every((side) => side.unit)
    const pairs = single ? [sides.map((side) => side.unit)] : units.map((row) => [row.unit, row.unit])
    return indicators.flatMap((indicator) => pairs.flatMap((pair) => {
      const both = pair.map((unit, at) => stated(there[at].filter((row) =>
        row.indicator === indicator.indicator && row.unit === unit)))
      if (both.every((one) => !one.words)) return []
      return [{
        name: indicator.indicator_title, href: `${gbPages}figures/${indicator.indicator}/`,
        unit: single ? "" : units.find((row) => row.unit === pair[0]).unit_title,
        cells: [...both.map((one) => one.words), difference(...both, indicator, definitions, sides)],
      }]
    }))
  }

  function counted(name, href, numbers) {
    const change = String(numbers[1] - numbers[0])
    return { name, href, unit: "", cells: [...numbers.map(String), sign(change)] }
  }

  async function promises(sides) {
    const there = sides.map(async (side) => of(await load("commitments"), side))
    const rows = await Promise.all(there)
    return statuses.map(([status, title]) =>
      counted(title, "", rows.map((one) => one.filter((row) => row.status === status).length))
    ).filter((row) => row.cells.slice(0, 2).some((cell) => cell !== "0"))
  }

  async function topics(sides) {
    const every = await load("topics")
    const rows = sides.map((side) => of(every, side))
    const titles = new Map(every.map((row) => [row.topic, row.topic_title]))
    return [...titles].map(([topic, title]) => counted(title, `${gbPages}topics/${topic}/`, rows.map((one) =>
      one.filter((row) => row.topic === topic).reduce((sum, row) => sum + Number(row.records), 0)))
    ).filter((row) => row.cells.slice(0, 2).some((cell) => cell !== "0"))
  }

  const made = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...inside)
    return element
  }

  function line({ name, href, unit, cells }) {
    const named = href ? made("a", { href }, name) : name
    const head = made("th", { scope: "row" }, named, ...unit ? [made("span", { className: "gb-note" }, unit)] : [])
    return made("tr", {}, head, ...cells.map((cell) => made("td", {}, cell || "—")))
  }

  function section(name, rows, sides) {
    const title = made("h2", {}, titles[name])
    if (!rows.length) return made("section", {}, title, made("p", {}, titles.nothing))
    const named = [...sides.map((side) => side.title), titles.difference]
    const heads = named.map((text) => made("th", { scope: "col" }, text))
    const table = made("table", { className: "gb-figures gb-compared", ariaLabel: titles[name] },
      made("thead", {}, made("tr", {}, made("td"), ...heads)), made("tbody", {}, ...rows.map(line)))
    return made("section", {}, title, table)
  }

  async function show() {
    const chosen = (name) => form.elements[name]?.selectedOptions[0]
    const sides = ["a", "b"].map((side) => {
      const [period, unit] = [chosen(`${side}-period`), chosen(`${side}-unit`)]
      return { period: period.value, unit: unit?.value, title: unit ? `${period.text} · ${unit.text}` : period.text }
    })
    const query = () => new URLSearchParams(new FormData(form)).toString()
    const wanted = query()
    place.textContent = gbWait
    try {
      const found = await Promise.all([figures(sides), promises(sides), topics(sides)])
      if (wanted !== query()) return
      const names = ["figures", "promises", "topics"]
      place.replaceChildren(...names.map((name, at) => section(name, found[at], sides)))
    } catch (error) {
      place.textContent = gbFailed
      console.error(error)
    }
  }

  if (form.elements["a-period"].options.length > 1) form.elements["a-period"].selectedIndex = 1
  const asked = gongbaoAsked(form)
  form.addEventListener("change", () => {
    history.replaceState(history.state, "", `?${new URLSearchParams(new FormData(form))}`)
    show()
  })
  form.addEventListener("submit", (event) => event.preventDefault())
  form.hidden = false
  if (asked.size) show()
}

gongbaoCompare(document.getElementById("gb-compare"))
