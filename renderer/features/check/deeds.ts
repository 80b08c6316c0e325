/** The ten seconds before a shift. */
export interface CheckDeeds {
  /** From the beginning; what ran before is given up. */
  start(): void;
  /** Becomes available, whatever was found: faults are not held against anybody. */
  finish(): void;
  /** Gives it up without becoming available. */
  leave(): void;
  /** Plays the short tune again. */
  play(): void;
  /** Asks the browser to let offers be shown while its window is behind others. */
  allowNotices(): void;
}
