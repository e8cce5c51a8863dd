-- The roll-up of many sites: what archive/rollup.py says, for a database. DuckDB and Spark SQL run it unchanged.
-- In: unit(unit, parent), indicator(indicator, aggregate),
--     stated(unit, indicator, period_id, place, scope, run, amount, exact, ENDS), below(unit, indicator, period_id,
--     place, amount, reported, inexact, ENDS); ENDS are low, high, no_low, no_high. place orders periods; exact is 1 or
--     0; amounts, low and high are decimal(28, 10).
-- Out: unit, indicator, period_id, amount, reported, inexact, low, high, no_low, no_high, in no order.
-- Nothing is multiplied or divided: products of decimals are rounded in silence, and quotients are no decimals.
WITH RECURSIVE
inner_unit AS (SELECT DISTINCT parent AS unit FROM unit WHERE parent IS NOT NULL),
closure(ancestor, unit) AS ( -- of inner units alone, each with itself: leaves are many
  SELECT unit, unit FROM inner_unit
  UNION ALL
  SELECT u.parent, c.unit FROM closure c JOIN unit u ON u.unit = c.ancestor WHERE u.parent IS NOT NULL
),
earlier AS (
  SELECT s.*, i.aggregate,
    lag(s.amount) OVER (PARTITION BY s.unit, s.indicator, s.scope, s.run ORDER BY s.place) AS amount_before,
    lag(s.exact) OVER (PARTITION BY s.unit, s.indicator, s.scope, s.run ORDER BY s.place) AS exact_before,
    lag(s.low) OVER (PARTITION BY s.unit, s.indicator, s.scope, s.run ORDER BY s.place) AS low_before,
    lag(s.high) OVER (PARTITION BY s.unit, s.indicator, s.scope, s.run ORDER BY s.place) AS high_before,
    lag(s.no_low) OVER (PARTITION BY s.unit, s.indicator, s.scope, s.run ORDER BY s.place) AS no_low_before,
    lag(s.no_high) OVER (PARTITION BY s.unit, s.indicator, s.scope, s.run ORDER BY s.place) AS no_high_before
  FROM stated s JOIN indicator i ON i.indicator = s.indicator
),
difference AS (
  SELECT unit, indicator, period_id, place, scope, aggregate,
    CAST(CASE WHEN amount_before IS NULL THEN amount ELSE amount - amount_before END AS DECIMAL(28, 10)) AS amount,
    CASE WHEN aggregate = 'last' AND amount_before IS NOT NULL THEN 0 ELSE 1 END AS reported,
    CASE WHEN aggregate = 'last' AND amount_before IS NOT NULL THEN exact_before - exact
         WHEN exact = 0 OR exact_before = 0 THEN 1 ELSE 0 END AS inexact,
    -- A difference of sums is least where the one before is the most.
    CAST(CASE WHEN amount_before IS NULL THEN low WHEN aggregate = 'last' THEN low - low_before
         WHEN no_low = 1 OR no_high_before = 1 THEN amount - amount_before ELSE low - high_before
         END AS DECIMAL(28, 10)) AS low,
    CAST(CASE WHEN amount_before IS NULL THEN high WHEN aggregate = 'last' THEN high - high_before
         WHEN no_high = 1 OR no_low_before = 1 THEN amount - amount_before ELSE high - low_before
         END AS DECIMAL(28, 10)) AS high,
    CASE WHEN amount_before IS NULL THEN no_low WHEN aggregate = 'last' THEN no_low - no_low_before
         WHEN no_low = 1 OR no_high_before = 1 THEN 1 ELSE 0 END AS no_low,
    CASE WHEN amount_before IS NULL THEN no_high WHEN aggregate = 'last' THEN no_high - no_high_before
         WHEN no_high = 1 OR no_low_before = 1 THEN 1 ELSE 0 END AS no_high,
    CASE WHEN aggregate = 'last' THEN '' ELSE period_id END AS known_for
  FROM earlier
),
total_unit AS (SELECT DISTINCT unit FROM stated WHERE scope = 'total'),
watched AS ( -- inner units that are, or are below, one that states totals: what is known matters for these alone
  SELECT DISTINCT c.unit FROM closure c JOIN total_unit t ON t.unit = c.ancestor
),
known_child AS ( -- a unit and a place of which something directly below it, or its own site, tells
  SELECT w.unit, s.indicator, s.period_id, s.place
  FROM watched w JOIN unit u ON u.parent = w.unit JOIN stated s ON s.unit = u.unit
  UNION
  SELECT w.unit, b.indicator, b.period_id, b.place
  FROM watched w JOIN unit u ON u.parent = w.unit JOIN below b ON b.unit = u.unit
),
known AS (
  SELECT c.ancestor AS unit, k.indicator, k.period_id, k.place FROM known_child k JOIN closure c ON c.unit = k.unit
  UNION
  SELECT b.unit, b.indicator, b.period_id, b.place FROM below b JOIN total_unit t ON t.unit = b.unit
),
known_since AS (
  SELECT k.unit, k.indicator, CASE WHEN i.aggregate = 'last' THEN '' ELSE k.period_id END AS known_for,
    min(k.place) AS place
  FROM known k JOIN indicator i ON i.indicator = k.indicator
  GROUP BY k.unit, k.indicator, CASE WHEN i.aggregate = 'last' THEN '' ELSE k.period_id END
),
alone AS ( -- totals, where nothing from below is known
  SELECT d.*, k.place AS known_place FROM difference d LEFT JOIN known_since k
    ON k.unit = d.unit AND k.indicator = d.indicator AND k.known_for = d.known_for
  WHERE d.scope = 'total' AND (k.place IS NULL OR (d.aggregate = 'last' AND d.place < k.place))
),
taken_back AS (
  SELECT a.unit, a.indicator, a.known_place AS place, -sum(a.amount) AS amount, -sum(a.reported) AS reported,
    -sum(a.inexact) AS inexact, -sum(a.low) AS low, -sum(a.high) AS high, -sum(a.no_low) AS no_low,
    -sum(a.no_high) AS no_high
  FROM alone a WHERE a.known_place IS NOT NULL GROUP BY a.unit, a.indicator, a.known_place
),
counted AS (
  SELECT unit, indicator, period_id, amount, reported, inexact, low, high, no_low, no_high FROM difference WHERE scope = 'own'
  UNION ALL
  SELECT unit, indicator, period_id, amount, reported, inexact, low, high, no_low, no_high FROM alone
  UNION ALL
  SELECT t.unit, t.indicator, k.period_id, CAST(t.amount AS DECIMAL(28, 10)), t.reported, t.inexact,
    CAST(t.low AS DECIMAL(28, 10)), CAST(t.high AS DECIMAL(28, 10)), t.no_low, t.no_high
  FROM taken_back t JOIN (SELECT DISTINCT period_id, place FROM known) k ON k.place = t.place
  UNION ALL
  SELECT unit, indicator, period_id, amount, reported, inexact, low, high, no_low, no_high FROM below
),
child_sum AS ( -- summed to parents first, then joined to the closure: few rows instead of all
  SELECT u.parent AS unit, c.indicator, c.period_id, sum(c.amount) AS amount, sum(c.reported) AS reported,
    sum(c.inexact) AS inexact, sum(c.low) AS low, sum(c.high) AS high, sum(c.no_low) AS no_low,
    sum(c.no_high) AS no_high
  FROM counted c JOIN unit u ON u.unit = c.unit WHERE u.parent IS NOT NULL
  GROUP BY u.parent, c.indicator, c.period_id
),
every AS (
  SELECT unit, indicator, period_id, amount, reported, inexact, low, high, no_low, no_high FROM counted
  UNION ALL
  SELECT c.ancestor, s.indicator, s.period_id, s.amount, s.reported, s.inexact, s.low, s.high, s.no_low, s.no_high
  FROM child_sum s JOIN closure c ON c.unit = s.unit
)
SELECT unit, indicator, period_id, CAST(sum(amount) AS DECIMAL(38, 10)) AS amount,
  CAST(sum(reported) AS BIGINT) AS reported, CAST(sum(inexact) AS BIGINT) AS inexact,
  CAST(sum(low) AS DECIMAL(38, 10)) AS low, CAST(sum(high) AS DECIMAL(38, 10)) AS high,
  CAST(sum(no_low) AS BIGINT) AS no_low, CAST(sum(no_high) AS BIGINT) AS no_high
FROM every GROUP BY unit, indicator, period_id
