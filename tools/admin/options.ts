import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type AdminOptions =
  | { readonly verb: 'export' | 'diff'; readonly file: string; readonly dataFolder: string }
  | { readonly verb: 'import'; readonly file: string; readonly dataFolder: string; readonly isDryRun: boolean; readonly note: string }
  | { readonly verb: 'password'; readonly username: string; readonly dataFolder: string }
  | { readonly verb: 'exportFlows'; readonly folder: string; readonly dataFolder: string }
  | {
      readonly verb: 'importFlows';
      readonly files: readonly string[];
      readonly dataFolder: string;
      readonly isDryRun: boolean;
      readonly note: string;
    };

export const adminUsage = `Usage: npm run admin -- export FILE [--data DIR]
       npm run admin -- diff FILE [--data DIR]
       npm run admin -- import FILE [--dry-run] [--note TEXT] [--data DIR]
       npm run admin -- password USERNAME [--data DIR]
       npm run admin -- flows export FOLDER [--data DIR]
       npm run admin -- flows import FILE.json... [--dry-run] [--note TEXT] [--data DIR]
FILE ends in .yaml, .yml or .json. The bridge must not run on the data folder meanwhile.`;

const verbs = ['export', 'import', 'diff', 'password'] as const;

/** Reads the options of `npm run admin`. What is wrong comes back as one sentence. */
export function readAdminOptions(
  args: readonly string[],
  workingFolder: string,
): { readonly ok: true; readonly value: AdminOptions } | { readonly ok: false; readonly error: string } {
  const wrong = (error: string) => ({ ok: false as const, error });
  let values: { 'dry-run'?: boolean; data?: string; note?: string };
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, data: { type: 'string' }, note: { type: 'string' } },
    }));
  } catch (error) {
    const sentence = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    return wrong(sentence.replace(/\.?$/, '.'));
  }
  if ((values.note?.length ?? 0) > 400) return wrong('--note takes at most 400 characters.');
  if (values.data === '') return wrong('--data takes the path of a folder.');
  const dataFolder = resolve(workingFolder, values.data ?? 'data');
  if (positionals[0] === 'flows') {
    const [, verb, ...targets] = positionals;
    const files = targets.map((target) => resolve(workingFolder, target));
    if (verb !== 'export' && verb !== 'import') return wrong('Say whether flows are to be exported or imported.');
    if (verb === 'import') {
      if (files.length === 0) return wrong('Say which files.');
      return { ok: true, value: { verb: 'importFlows', files, dataFolder, isDryRun: values['dry-run'] === true, note: values.note ?? '' } };
    }
    const [folder, ...others] = files;
    if (folder === undefined || others.length > 0) return wrong('Say into which folder, and one alone.');
    if (values['dry-run'] || values.note !== undefined) return wrong('--dry-run and --note go with import.');
    return { ok: true, value: { verb: 'exportFlows', folder, dataFolder } };
  }
  const [verb, target, ...more] = positionals;
  const known = verbs.find((each) => each === verb);
  if (!known) return wrong(verb === undefined ? 'Say what to do.' : `There is no "${verb}".`);
  if (target === undefined || target === '') return wrong(known === 'password' ? 'Say whose password.' : 'Say which file.');
  if (more.length > 0) return wrong(`One ${known === 'password' ? 'user' : 'file'} at a time; "${more[0]}" is too much.`);
  if (known !== 'import' && (values['dry-run'] || values.note !== undefined)) return wrong('--dry-run and --note go with import.');
  if (known === 'password') return { ok: true, value: { verb: known, username: target.trim().toLowerCase(), dataFolder } };
  if (!/\.(ya?ml|json)$/i.test(target)) return wrong(`"${target}" does not end in .yaml, .yml or .json.`);
  const file = resolve(workingFolder, target);
  if (known !== 'import') return { ok: true, value: { verb: known, file, dataFolder } };
  return { ok: true, value: { verb: known, file, dataFolder, isDryRun: values['dry-run'] === true, note: values.note ?? '' } };
}
