/** The counting and printing of `npm run score`: hits, false and missed of whatever is compared, and what is right of each strength. */

export const percent = (part, whole) => (whole === 0 ? '   n/a' : `${((100 * part) / whole).toFixed(1).padStart(5)}%`);

/** The harmonic mean of precision and recall: twice the hits over all that was found and all that should have been. */
const f1 = (hits, falses, misses) => (hits + falses + misses === 0 ? '  n/a' : ((2 * hits) / (2 * hits + falses + misses)).toFixed(3));

export function createFigures() {
  const figures = {};
  const at = (name) => {
    figures[name] ??= { hits: 0, falses: 0, misses: 0 };
    return figures[name];
  };
  return {
    figures,
    /** Two counts of the same thing in one file. */
    count(name, want, got) {
      const figure = at(name);
      figure.hits += Math.min(want, got);
      figure.falses += Math.max(0, got - want);
      figure.misses += Math.max(0, want - got);
      return want === got;
    },
    /** One of several states: a wrong one is false and the right one missed. */
    state(name, same) {
      const figure = at(name);
      if (same) figure.hits++;
      else {
        figure.falses++;
        figure.misses++;
      }
      return same;
    },
  };
}

/** Prints a table and gives the names whose precision or recall is below `min`. */
export function printFigures(title, figures, min = null) {
  console.log(`\n${title}\n${''.padEnd(34)}precision  recall     F1   hits  false  missed`);
  const low = [];
  for (const [name, { hits, falses, misses }] of Object.entries(figures)) {
    console.log(
      `  ${name.padEnd(32)}   ${percent(hits, hits + falses)}  ${percent(hits, hits + misses)}  ${f1(hits, falses, misses)} ` +
        `${String(hits).padStart(6)} ${String(falses).padStart(6)} ${String(misses).padStart(7)}`,
    );
    const worst = Math.min(hits + falses ? hits / (hits + falses) : 1, hits + misses ? hits / (hits + misses) : 1);
    if (min !== null && worst < min) low.push(`${title}: ${name}`);
  }
  return low;
}

const STRENGTHS = ['certain', 'likely', 'weak'];
/** What the words promise (detectors/contract.ts), in per cent. */
const PROMISED = { certain: 99, likely: 90 };

/** What is right among the findings of each kind and strength, and how many of the labels are found at that strength or a better one. */
export function createStrengths() {
  const kinds = new Map();
  const at = (kind) => {
    if (!kinds.has(kind))
      kinds.set(kind, { labels: 0, right: { certain: 0, likely: 0, weak: 0 }, wrong: { certain: 0, likely: 0, weak: 0 }, found: {} });
    return kinds.get(kind);
  };
  return {
    kinds,
    finding(kind, strength, isRight) {
      at(kind)[isRight ? 'right' : 'wrong'][strength]++;
    },
    /** A place that should be found, and the best strength that found it; null when none did. */
    label(kind, best) {
      const figure = at(kind);
      figure.labels++;
      if (best !== null) figure.found[best] = (figure.found[best] ?? 0) + 1;
    },
  };
}

export const bestStrength = (strengths) => STRENGTHS.find((strength) => strengths.includes(strength)) ?? null;

/**
 * A line for each kind and strength: precision of that strength alone; recall and F1 of all down to it. Weak findings count for nothing in a report, so they are
 * told without. `withPrecision` false where the text is all labels and nothing could be wrong.
 */
export function printStrengths(title, { kinds }, withPrecision = true) {
  console.log(`\n${title}\n${''.padEnd(34)}precision  recall to here  F1 to here  findings  wrong  labels`);
  for (const [kind, { labels, right, wrong, found }] of kinds) {
    const sum = { right: 0, wrong: 0, found: 0 };
    for (const strength of STRENGTHS) {
      const all = right[strength] + wrong[strength];
      if (all === 0) continue;
      sum.right += right[strength];
      sum.wrong += wrong[strength];
      sum.found += found[strength] ?? 0;
      const [precision, recall] = [sum.right / (sum.right + sum.wrong), labels ? sum.found / labels : 0];
      const mean = precision + recall ? ((2 * precision * recall) / (precision + recall)).toFixed(3) : '0.000';
      const below =
        withPrecision && 100 * right[strength] < (PROMISED[strength] ?? 0) * all ? `   below the promised ${PROMISED[strength]}%` : '';
      const counted = strength !== 'weak' && labels > 0;
      console.log(
        `  ${`${kind}, ${strength}`.padEnd(32)}   ${withPrecision ? percent(right[strength], all) : '   n/a'}  ` +
          `${(counted ? percent(sum.found, labels) : '').padStart(14)}  ${(counted && withPrecision ? mean : '').padStart(10)}` +
          `${String(all).padStart(10)}${String(wrong[strength]).padStart(7)}${(counted ? String(labels) : '').padStart(8)}${below}`,
      );
    }
  }
}
