// The rules of hooks/gongbao/search/words.py for the browser: what the words of a text are, and the keys by which the
// search asks for a row of words. A test compares the answers of both.

const CHINESE = "\\u3005\\u3007\\u3021-\\u3029\\u3400-\\u4dbf\\u4e00-\\u9fff\\u{20000}-\\u{2a6df}\\u{2a700}-\\u{2ebe0}"
const ALONE = CHINESE +
  "\\ufa0e-\\ufa29\\u3040-\\u309f\\u30a0-\\u30ff\\u3100-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff\\uac00-\\ud7a3"
const WORD = new RegExp(`[${ALONE}]|(?:(?![${ALONE}])[\\p{L}\\p{N}]|(?<=[0-9])[.+](?=[0-9]))+`, "gu")
const IS_CHINESE = new RegExp(`[${CHINESE}]`, "u")
const BY_THREES = /(?<=[0-9０-９]),(?=[0-9０-９]{3}(?![0-9０-９]))/g
const BY_ITSELF = /[\u2460-\u24ff\u2776-\u2793\u3200-\u33ff]/g
const ROUND_ZEROS = /(?<=[一二三四五六七八九〇])○+/g
const CLUSTER = /[^](?:[\p{M}\uff9e\uff9f\u1160-\u11ff])*/gu // letters that may become one
const LETTERS = "abcdefghijklmnopqrstuvwxy"

const folded = (text) =>
  [...text.normalize("NFKC")].map((one) => one.toUpperCase().toLowerCase()).join("").normalize("NFKC")

const zeros = (text) => text.replace(ROUND_ZEROS, (round) => "〇".repeat(round.length))

const apart = (text) => text.replace(BY_ITSELF, " $& ")

export const words = (text) => folded(apart(zeros(text).replace(BY_THREES, ""))).match(WORD) ?? []

const spelt = (one) => LETTERS.includes(one)
  ? one
  : `z${[...one.codePointAt(0).toString(25)].map((digit) => LETTERS[parseInt(digit, 25)]).join("")}z`

const spelling = (word) => [...word].map(spelt).join("")

const key = (word) => IS_CHINESE.test(word) ? word : spelling(word)

// The keys of a row of words as they stand in a text that has it. A common letter stands there with its neighbours; a
// word at either end need not be asked for where the letter beside it is.
export function keys(row, common) {
  if (row.length === 1) return row.map(key)
  const joined = (at) => at >= 0 && at + 1 < row.length && (common.has(row[at]) || common.has(row[at + 1]))
  return row.flatMap((word, at) => [
    ...(common.has(word) || !at && joined(0) || at + 1 === row.length && joined(at - 1) ? [] : [key(word)]),
    ...(joined(at) ? [spelling(word + row[at + 1])] : []),
  ])
}

export const facet = (letter, value) => `zz${letter}${spelling(value)}`

// A query's phrases, each a row of words: what stands between spaces, or between quotes that stand between spaces.
const QUOTED = /(?<!\S)(?:"([^"]*)"|＂([^＂]*)＂|“([^“”]*)”|「([^「」]*)」|『([^『』]*)』)(?!\S)/g

export function phrases(query) {
  const quoted = []
  const others = query.replace(QUOTED, (_, ...groups) => quoted.push(groups.slice(0, 5).find((group) => group !== undefined)) && " ")
  const rows = [...quoted, ...others.split(/\s+/)].map((text) => words(text ?? "")).filter((row) => row.length)
  return [...new Map(rows.map((row) => [row.join(" "), row])).values()]
}

// The words of a shown text with their places in it.
function placed(text) {
  let folds = "", places = []
  for (const { 0: letters, index: at } of zeros(text).matchAll(CLUSTER)) {
    const comma = letters === "," && /^[0-9０-９],[0-9０-９]{3}(?![0-9０-９])/.test(text.slice(at - 1, at + 5))
    const fold = comma ? "" : folded(apart(letters))
    folds += fold
    for (let unit = 0; unit < fold.length; unit++) places.push([at, at + letters.length])
  }
  return [...folds.matchAll(WORD)].map((found) => ({
    word: found[0],
    start: places[found.index][0],
    end: places[found.index + found[0].length - 1][1],
  }))
}

// Where phrases stand in a shown text: pairs of start and end, in order, none in another.
export function hits(text, rows) {
  const all = placed(text), found = []
  for (const row of rows)
    for (let at = 0; at + row.length <= all.length; at++)
      if (row.every((word, step) => all[at + step].word === word))
        found.push([all[at].start, all[at + row.length - 1].end])
  found.sort((one, other) => one[0] - other[0])
  return found.reduce((kept, hit) => {
    const last = kept[kept.length - 1]
    if (last && hit[0] < last[1]) last[1] = Math.max(last[1], hit[1])
    else kept.push([...hit])
    return kept
  }, [])
}
