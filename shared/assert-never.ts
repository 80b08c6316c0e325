/** Makes a `switch` over a union exhaustive for the compiler, and loud if an unknown value ever gets in at run time. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
