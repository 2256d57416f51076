/** Wrong use of the command line: exit code 2, and the message names what is wrong. */
export class UsageError extends Error {}
