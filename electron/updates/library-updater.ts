import type { AppUpdater } from 'electron-updater';
import * as z from 'zod/mini';
import type { Release } from './signed-release.ts';
import type { Updater } from './updates.ts';

/** The part of electron-updater that is used. It fetches, compares checksums and installs; what may be taken, and when, is decided here. */
export type LibraryUpdater = Pick<
  AppUpdater,
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'allowPrerelease'
  | 'disableWebInstaller'
  | 'logger'
>;

const releaseSchema = z.object({
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
  files: z.array(z.object({ url: z.string(), sha512: z.string() })),
  signature: z.optional(z.string()),
});

/** Versions from a folder on a web server, as electron-builder writes it, with `signature` in its `latest*.yml`. */
export function libraryUpdater(library: LibraryUpdater, url: string): Updater {
  library.autoDownload = false;
  library.autoInstallOnAppQuit = false;
  library.allowDowngrade = false;
  library.allowPrerelease = false;
  library.disableWebInstaller = true;
  library.logger = null; // writes paths and addresses; what matters is reported by Updates
  library.setFeedURL({ provider: 'generic', url });
  return {
    async check(): Promise<Release | null> {
      const found = await library.checkForUpdates();
      if (found === null || !found.isUpdateAvailable) return null;
      const { version, files, signature = null } = releaseSchema.parse(found.updateInfo);
      return { version, files, signature };
    },
    async fetch() {
      // It listens for the end of the program only if this is set when the file has come, and looks again then.
      library.autoInstallOnAppQuit = true;
      try {
        await library.downloadUpdate();
      } catch (error) {
        library.autoInstallOnAppQuit = false;
        throw error;
      }
    },
    installOnQuit(isWanted) {
      library.autoInstallOnAppQuit = isWanted;
    },
    installNow: () => library.quitAndInstall(true, true),
  };
}
