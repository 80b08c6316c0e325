/**
 * Which cards are one person. A merge is an edge from the card that was absorbed to the one that was kept; each card is absorbed once at
 * most, so the edges are a forest, and the head of a group is the card that nobody absorbed:
 *
 *     kept ── absorbed          undoing an edge gives the part that hung on it its own head back:
 *      │                        whatever was merged into that part before or since stays with it
 *      └───── absorbed ── absorbed
 */
export interface MergeEdge {
  readonly keptId: string;
  readonly absorbedId: string;
}

/** The head of every card. Edges to cards that are not given count for nothing; a loop, which no merge makes, ends at its least card. */
export function headsOf(cardIds: readonly string[], edges: readonly MergeEdge[]): ReadonlyMap<string, string> {
  const known = new Set(cardIds);
  const keptBy = new Map(
    edges.filter((edge) => known.has(edge.keptId) && known.has(edge.absorbedId)).map((edge) => [edge.absorbedId, edge.keptId]),
  );
  return new Map(cardIds.map((cardId) => [cardId, headOf(cardId, keptBy)]));
}

function headOf(cardId: string, keptBy: ReadonlyMap<string, string>): string {
  const passed = new Set<string>();
  let at = cardId;
  for (let kept = keptBy.get(at); kept !== undefined; kept = keptBy.get(at)) {
    if (passed.has(at)) return [...passed].sort()[0] ?? at;
    passed.add(at);
    at = kept;
  }
  return at;
}
