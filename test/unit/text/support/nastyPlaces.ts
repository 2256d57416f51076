import type { ZoneKind } from '../../../../src/text/zone.ts';

/**
 * Texts by language id and by what the place at their end is: a zone, or whether something may be suggested there
 * (a title that is neither says whether it is prose). A caret that stands elsewhere is drawn as `‖`.
 */
export type NastyPlaces = Readonly<Record<string, Readonly<Partial<Record<Place, readonly string[]>>>>>;

type Place = ZoneKind | 'shown' | 'silent' | `${string} ${string}`;
