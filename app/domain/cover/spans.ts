/** A stretch of time from a moment up to, and without, another one; both in milliseconds since 1970 in UTC. One that ends where it begins is empty. */
export type Span = { from: number; to: number };

/** Spans in order that neither touch nor overlap, none of them empty. */
export type Spans = readonly Span[];

/** What is covered by at least one of some spans, which may come in any order, overlap, or be empty. */
export function union(spans: readonly Span[]): Spans {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.to <= span.from) continue;
    const last = joined.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ from: span.from, to: span.to });
  }
  return joined;
}

/** What both cover. */
export function intersection(a: Spans, b: Spans): Spans {
  const shared: Span[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left && right; left = a[i], right = b[j]) {
    const from = Math.max(left.from, right.from);
    const to = Math.min(left.to, right.to);
    if (from < to) shared.push({ from, to });
    if (left.to < right.to) i++;
    else j++;
  }
  return shared;
}

/** What the first cover and the others don't. */
export function difference(spans: Spans, without: Spans): Spans {
  const left: Span[] = [];
  let j = 0;
  for (const span of spans) {
    let from = span.from;
    while ((without[j]?.to ?? Infinity) <= from) j++;
    for (let k = j; k < without.length; k++) {
      const hole = without[k];
      if (!hole || hole.from >= span.to) break;
      if (hole.from > from) left.push({ from, to: hole.from });
      from = hole.to;
    }
    if (from < span.to) left.push({ from, to: span.to });
  }
  return left;
}

/** What of some spans lies within a window. */
export function within(spans: Spans, window: Span): Spans {
  return intersection(spans, union([window]));
}

/** A stretch of a window throughout which the same layers are there, named by their places in order. */
export type Piece = Span & { layers: number[] };

/** A window cut at every moment at which one of some layers of spans begins or ends. The pieces fill the window without a gap. Spans of a layer are in order, and may touch. */
export function piecesOf(layers: readonly Spans[], window: Span): Piece[] {
  if (window.to <= window.from) return [];
  const edges: { at: number; layer: number; begins: boolean }[] = [];
  layers.forEach((spans, layer) => {
    for (const span of spans) {
      const from = Math.max(span.from, window.from);
      const to = Math.min(span.to, window.to);
      if (from < to) edges.push({ at: from, layer, begins: true }, { at: to, layer, begins: false });
    }
  });
  edges.sort((a, b) => a.at - b.at);
  const pieces: Piece[] = [];
  const there = layers.map(() => false);
  let from = window.from;
  for (const { at, layer, begins } of edges) {
    if (at > from) pieces.push({ from, to: at, layers: placesOf(there) });
    from = at;
    there[layer] = begins;
  }
  if (window.to > from) pieces.push({ from, to: window.to, layers: placesOf(there) });
  return pieces;
}

function placesOf(there: readonly boolean[]): number[] {
  const places: number[] = [];
  for (let place = 0; place < there.length; place++) if (there[place]) places.push(place);
  return places;
}
