// The page of the product that the editor shows: README.md without what only a clone has.

/** What stands between these two lines is about a clone of the repository. */
const onlyInClone = /^<!-- only in a clone -->\n[\s\S]*?^<!-- \/only in a clone -->\n+/gmu;
/** The package holds no pictures, and the editor shows none that come with it. */
const picture = /^!\[[^\]]*\]\([^)]*\)\n+/gmu;
const relativeLink = /\[([^\]]+)\]\((?!\w+:)[^)]*\)/gu;

/**
 * @param {string} readme Markdown
 * @returns {string} Markdown whose links all lead somewhere
 */
export function packageReadme(readme) {
  return `${readme.replaceAll(onlyInClone, '').replaceAll(picture, '').replaceAll(relativeLink, '$1').trimEnd()}\n`;
}
