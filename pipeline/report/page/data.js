// The page's data: packed text in, plain objects out; numbers, days and names as people read them.

const MILLISECONDS_A_DAY = 86400000;

/** The text that a script element of this id holds, packed by gzip and base64. */
async function unpack(id) {
  const packed = atob(document.getElementById(id).textContent.trim());
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** 2018-06-25 for a number of days since 1970-01-01. */
function dayText(day) {
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

/** The other way round; null where the text is no day. */
function dayNumber(text) {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time / MILLISECONDS_A_DAY;
}

/** A term of a vocabulary in words. */
function words(term) {
  return term.replaceAll("_", " ");
}

function figure(number) {
  return number.toLocaleString("en");
}

/** "1 event", "2 events". */
function many(number, what) {
  return `${figure(number)} ${what}${number === 1 ? "" : "s"}`;
}

/** How often each key was counted: the most frequent first, then by key as `name` writes it. */
function ranked(counts, name = (key) => key) {
  return [...counts].sort((a, b) => b[1] - a[1] || String(name(a[0])).localeCompare(String(name(b[0]))));
}

function count(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
