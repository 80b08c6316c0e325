import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeMapping, columnsWith, foldImport, type ImportOpen, noImports, partRead } from '../../../../renderer/stores/index.ts';
import { importFields } from '../../../../shared/contracts/imports.ts';
import { stageImport, stagePreview } from '../../../support/ui-stage/import-scenes.ts';

const now = Date.UTC(2026, 10, 20);
const preview = stagePreview(now, 'en');
const open: ImportOpen = {
  importId: 'im-1',
  view: preview.view,
  preview,
  mapping: preview.guess,
  checked: { looked: 5, created: 5, updated: 0, skipped: 0, problems: [], people: [] },
  busy: null,
  failure: null,
  problems: [],
  nextProblem: null,
  kept: [],
};

describe('the columns of a file', () => {
  it('give a field to one column: the one that had it is left out', () => {
    expect(columnsWith(['name', 'mobile', 'skip'], 2, 'name')).toEqual(['skip', 'mobile', 'name']);
  });

  it('may bring several numbers and addresses of one person', () => {
    expect(columnsWith(['name', 'mobile', 'skip'], 2, 'mobile')).toEqual(['name', 'mobile', 'mobile']);
  });

  it('never have a field twice that exists once, whatever is chosen in whatever order', () => {
    const once = importFields.filter((field) => !['mobile', 'phone', 'email', 'note'].includes(field));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.constantFrom(...once))), (choices) => {
        const columns = choices.reduce((all, [index, target]) => columnsWith(all, index, target), new Array(6).fill('skip'));
        const used = columns.filter((target) => target !== 'skip');
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });
});

describe('an import', () => {
  it('has to be checked again after another choice', () => {
    expect(changeMapping(open, { whenKnown: 'overwrite' }).checked).toBeNull();
  });

  it('gets on in the list and on the screen at once', () => {
    const running = stageImport(now, 'en', { state: 'running', read: 500, bytesRead: 1_000 });
    const state = foldImport({ ...noImports, imports: [preview.view], open }, running);
    expect(state.imports).toEqual([running]);
    expect(state.open?.view).toEqual(running);
  });

  it('that nobody knew yet is the first of the list', () => {
    const other = stageImport(now, 'en', { importId: 'im-2' });
    expect(foldImport({ ...noImports, imports: [preview.view] }, other).imports.map(({ importId }) => importId)).toEqual(['im-2', 'im-1']);
  });

  it('does not go back when an older word of it comes late', () => {
    const later = stageImport(now, 'en', { state: 'running', read: 900 });
    const earlier = stageImport(now, 'en', { state: 'running', read: 400 });
    const state = { ...noImports, imports: [later] };
    expect(foldImport(state, earlier)).toBe(state);
  });

  it('is read in parts between nothing and all', () => {
    expect(partRead(stageImport(now, 'en', { bytes: 0, bytesRead: 0, state: 'running' }))).toBe(0);
    expect(partRead(stageImport(now, 'en', { bytes: 100, bytesRead: 40, state: 'running' }))).toBe(0.4);
    expect(partRead(stageImport(now, 'en', { bytes: 100, bytesRead: 120, state: 'running' }))).toBe(1);
    expect(partRead(stageImport(now, 'en', { bytesRead: 0, state: 'done' }))).toBe(1);
  });
});
