/**
 * New versions: asked for, judged, fetched and installed, never in the way of a call.
 *
 * Two things to know: there are none unless the administrator's file names where they come from and by which key they are signed; and a
 * version is installed when the program is closed, or when the agent asks and nothing would be interrupted, never by itself.
 */
export { type LibraryUpdater, libraryUpdater } from './library-updater.ts';
export { mayInstall } from './may-install.ts';
export { isSigned, type Release, releaseWords } from './signed-release.ts';
export { type Updater, Updates, type UpdatesMeans } from './updates.ts';
