import { hours } from './duration.ts';

/** A mail that was taken by the next server and has not come back after this long has probably arrived: most that come back do so within the hour. */
export const comesBackWithinMs = hours(24);
