/** Range and default of the engine's numeric settings; package.json says the same to the settings editor. */
export const engineRanges = {
  threads: { minimum: 0, maximum: 64, default: 0 },
  idleUnloadMinutes: { minimum: 0, maximum: 1440, default: 10 },
  contextTokens: { minimum: 128, maximum: 8192, default: 1024 },
} as const;
