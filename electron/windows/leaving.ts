export interface LeavingFacts {
  /** Somebody said that the program is to end. */
  readonly isQuitting: boolean;
  readonly isSignedIn: boolean;
  readonly hasCall: boolean;
  readonly closesToTray: boolean;
  readonly hasTray: boolean;
}

/**
 * What closing the window means: it is put away while somebody is signed in and it can be found again; a call is not ended by it without asking;
 * otherwise the program ends with its window.
 */
export function closingMeans({ isQuitting, isSignedIn, hasCall, closesToTray, hasTray }: LeavingFacts): 'end' | 'putAway' | 'ask' {
  if (isQuitting) return 'end';
  if (isSignedIn && closesToTray && hasTray) return 'putAway';
  return hasCall ? 'ask' : 'end';
}

/** Whether the strip is on the screen: it stands in for the window while that is not what the agent looks at. */
export function isStripShown(facts: {
  readonly isWanted: boolean;
  readonly isSignedIn: boolean;
  readonly isWindowInFront: boolean;
}): boolean {
  return facts.isWanted && facts.isSignedIn && !facts.isWindowInFront;
}
