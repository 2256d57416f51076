/** `{0}`, `{1}` … replaced by the parts; a place without a part stays. */
export const formatMessage = (template: string, parts: readonly (string | number)[]): string =>
  template.replace(/\{(\d+)\}/gu, (place, index: string) => String(parts[Number(index)] ?? place));
