const prefix = 'unnamed:';

/** The key of what a network delivered without a name for it: `id` is made by us at each delivery, so one that comes again has another. */
export const unnamedKey = (id: string): string => prefix + id;

/** Whether it comes again under the same key. */
export const isNamed = (onceKey: string | null): boolean => onceKey !== null && !onceKey.startsWith(prefix);
