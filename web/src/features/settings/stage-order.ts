/** The ids with one of them moved to another's place. */
export function movedTo(ids: readonly string[], id: string, place: number): string[] {
  const rest = ids.filter((each) => each !== id);
  const at = Math.max(0, Math.min(place, rest.length));
  return [...rest.slice(0, at), id, ...rest.slice(at)];
}

/** The things in the order of the ids; those that are not named come last, as they stood. */
export function inOrder<T extends { readonly id: string }>(
  things: readonly T[],
  ids: readonly string[],
): T[] {
  const placeOf = ({ id }: T) => {
    const place = ids.indexOf(id);
    return place === -1 ? ids.length : place;
  };
  return things.toSorted((a, b) => placeOf(a) - placeOf(b));
}
