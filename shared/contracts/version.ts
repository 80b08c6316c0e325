/** The version of the language between desktop and bridge. The bridge refuses a desktop with another major number, in plain words. */
export const contractVersion = { major: 1, minor: 0 } as const;
