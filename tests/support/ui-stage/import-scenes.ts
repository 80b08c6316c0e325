import type { Desk } from '../../../renderer/app/desk.ts';
import type { ImportPreview, ImportProblem, ImportView } from '../../../shared/contracts/imports.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { stageConfiguration } from './organisation.ts';
import type { StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/**
 * Pictures of an import: `import` (nothing chosen), `import-empty`, `import-sending`, `import-map`, `import-checked`, `import-running`, `import-done`, `import-undo`,
 * `import-undone`, `import-failed`, `import-interrupted`.
 */
export const isImportScene = (scene: string) => /^import/.test(scene);

export function stageImport(now: number, language: StageLanguage, change: Partial<ImportView> = {}): ImportView {
  return {
    importId: 'im-1',
    fileName: language === 'en' ? 'customers-east-november.csv' : '浙东客户 11 月.csv',
    format: 'csv',
    encoding: language === 'en' ? 'utf-8' : 'gb18030',
    bytes: 18_431_200,
    bytesRead: 0,
    state: 'uploaded',
    read: 0,
    created: 0,
    updated: 0,
    skipped: 0,
    refused: 0,
    rowsPerSecond: null,
    at: now - 120_000,
    by: language === 'en' ? 'Ruth Adeyemi' : '安洁',
    finishedAt: null,
    failure: null,
    kept: 0,
    ...change,
  };
}

const tables = {
  en: {
    header: ['Customer no.', 'Name', 'Mobile', 'Phone', 'E-mail', 'Company', 'Since', 'Tier'],
    sample: [
      ['K-100281', 'Eleanor Pryce', '07700 900311', '', 'e.pryce@brightwell.example', 'Brightwell Foods', '2017-02-01', 'gold'],
      [
        'K-100282',
        'Siobhán Ó Briain',
        '07700 900312',
        '01394 496 0217',
        's.obriain@brightwell.example',
        'Brightwell Foods',
        '2019-06-14',
        'gold',
      ],
      ['K-100283', 'Jürgen Köhler', '+49 30 901820', '', 'koehler@kemp.example', 'Kemp Instruments', '2020-11-30', 'silver'],
      ['K-100284', 'Amina Yusuf', '07700 900314', '', '', 'North Quay Hotels', '2022-03-09', 'silver'],
      ['K-100285', 'Łukasz Wójcik', '07700 900315', '', 'lwojcik@tallis.example', 'Tallis Paper', '2023-08-21', ''],
    ],
    wrong: [
      ['Mobile', '7.7009E+09'],
      ['Tier', 'platinum'],
    ],
    source: 'East region list',
  },
  zh: {
    header: ['客户编号', '姓名', '手机', '电话', '邮箱', '单位', '入网日期', '级别'],
    sample: [
      ['K-100281', '周明远', '13800138011', '', 'zhou.my@hongyun.example', '鸿运食品', '2017-02-01', '金卡'],
      ['K-100282', '欧阳静', '13800138012', '0574-86270217', 'ouyang@hongyun.example', '鸿运食品', '2019-06-14', '金卡'],
      ['K-100283', '单雄', '13900139013', '', 'shan@kepu.example', '科普仪器', '2020-11-30', '银卡'],
      ['K-100284', '曾丽', '13900139014', '', '', '北仑酒店集团', '2022-03-09', '银卡'],
      ['K-100285', '吴 Lucas', '13900139015', '', 'lucas@taili.example', '泰丽纸业', '2023-08-21', ''],
    ],
    wrong: [
      ['手机', '1.39E+10'],
      ['级别', '铂级'],
    ],
    source: '浙东客户清单',
  },
} as const;

/** As it would be stored. */
const tierOf = (written: string) => (['gold', '金卡'].includes(written) ? 'gold' : 'silver');

export function stageProblems(language: StageLanguage): ImportProblem[] {
  const { wrong } = tables[language];
  return [
    { row: 48, column: wrong[0][0], code: 'numberLostDigits', found: wrong[0][1], expected: '' },
    { row: 131, column: wrong[1][0], code: 'unknownValue', found: wrong[1][1], expected: 'standard, silver, gold, diamond' },
    { row: 207, column: null, code: 'twiceInFile', found: 'K-100284', expected: '5' },
    { row: 512, column: tables[language].header[1], code: 'noName', found: '', expected: '' },
  ];
}

export function stagePreview(now: number, language: StageLanguage): ImportPreview {
  const { header, sample, source } = tables[language];
  return {
    view: stageImport(now, language),
    header: [...header],
    sample: sample.map((row) => [...row]),
    guess: {
      reading: { format: 'csv', encoding: language === 'en' ? 'utf-8' : 'gb18030', delimiter: ',', hasHeader: true },
      columns: ['externalId', 'name', 'mobile', 'phone', 'email', 'company', 'skip', 'tier'],
      whenKnown: 'fillEmpty',
      orgUnitId: null,
      source,
    },
    problems: [],
  };
}

export function scriptImports(bridge: ScriptedBridge, now: number, language: StageLanguage): void {
  const answer = <Value>(value: Value) => ({ ok: true, value }) as const;
  let view = stageImport(now, language);
  const earlier = [
    stageImport(now, language, {
      importId: 'im-0',
      fileName: language === 'en' ? 'fair-contacts.vcf' : '展会名片.vcf',
      format: 'vcard',
      encoding: 'utf-8',
      bytes: 182_000,
      bytesRead: 182_000,
      state: 'done',
      read: 412,
      created: 377,
      updated: 21,
      skipped: 10,
      refused: 4,
      at: now - 6 * 86_400_000,
      finishedAt: now - 6 * 86_400_000 + 1_900,
    }),
  ];
  const preview = stagePreview(now, language);
  bridge.answers['import:list'] = () => answer({ imports: [view, ...earlier] });
  bridge.answers['import:preview'] = ({ reading }) =>
    answer({ ...preview, view, guess: { ...preview.guess, reading: { ...preview.guess.reading, ...reading } } });
  bridge.answers['import:check'] = ({ mapping }) =>
    answer({
      looked: 1_000,
      created: 842,
      updated: mapping.whenKnown === 'skip' ? 0 : 139,
      skipped: mapping.whenKnown === 'skip' ? 154 : 15,
      problems: stageProblems(language),
      people: preview.sample.map((row, index) => ({
        row: index + 2,
        what: index === 1 ? ('update' as const) : index === 3 ? ('skip' as const) : ('create' as const),
        name: row[1] ?? '',
        values: Object.fromEntries(
          mapping.columns.flatMap((target, at) =>
            target === 'skip' || target === 'name' || !row[at]
              ? []
              : [[target, target === 'tier' ? tierOf(row[at] ?? '') : (row[at] ?? '')]],
          ),
        ),
      })),
    });
  const become = (change: Partial<ImportView>) => {
    view = { ...view, ...change };
    return answer(view);
  };
  bridge.answers['import:start'] = () => become({ state: 'running' });
  bridge.answers['import:cancel'] = () => become({ state: 'canceled', finishedAt: now });
  bridge.answers['import:continue'] = () => become({ state: 'running' });
  bridge.answers['import:undo'] = () => become({ state: 'undone', kept: 2 });
  bridge.answers['import:kept'] = () =>
    answer({
      people: [
        { contactId: 'c-1', name: tables[language].sample[0][1], field: null },
        { contactId: 'c-2', name: tables[language].sample[1][1], field: 'tier' },
      ],
    });
  bridge.answers['import:problems'] = () => answer({ problems: stageProblems(language), next: null });
  bridge.answers['configuration:read'] = () => answer({ revision: 3, prompts: [], flows: [], configuration: stageConfiguration() });
  bridge.fileAnswers['/api/imports'] = () => answer({ importId: 'im-1' });
}

export function setImportScene(scene: string, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = bridge.snapshotNow.serverTime;
  const name = language === 'en' ? 'Ruth Adeyemi' : '安洁';
  const user = { ...bridge.snapshotNow.user, name, role: 'administrator', rights: [...rightsOfRole.administrator] };
  bridge.snapshotNow = { ...bridge.snapshotNow, user, agent: null };
  if (bridge.loginOutcome.ok) bridge.loginOutcome = { ok: true, value: { ...bridge.loginOutcome.value, user } };
  scriptImports(bridge, now, language);
  if (scene === 'import-empty') bridge.answers['import:list'] = () => ({ ok: true, value: { imports: [] } });
  const running = stageImport(now, language, {
    state: 'running',
    bytesRead: 7_741_000,
    read: 182_400,
    created: 151_208,
    updated: 28_911,
    skipped: 2_240,
    refused: 41,
    rowsPerSecond: 23_480,
  });
  const after = async () => {
    desk.stores.view.setState({ place: 'import' });
    await desk.imports.open();
    if (scene === 'import' || scene === 'import-empty') return;
    if (scene === 'import-sending') {
      desk.stores.imports.setState({ upload: { fileName: running.fileName, bytes: running.bytes, sent: 11_200_000, failure: null } });
      return;
    }
    await desk.imports.show('im-1');
    if (scene === 'import-map') return;
    if (scene === 'import-checked') return desk.imports.check();
    const tell = (view: ImportView) => {
      bridge.answers['import:list'] = () => ({ ok: true, value: { imports: [view] } });
      bridge.push('import:changed', view);
    };
    tell(running);
    if (scene === 'import-running') return;
    const ended = {
      ...running,
      bytesRead: running.bytes,
      read: 434_118,
      created: 361_870,
      updated: 66_903,
      skipped: 5_301,
      refused: 44,
      finishedAt: now,
    };
    if (scene === 'import-undone') tell({ ...ended, state: 'undone', kept: 2 });
    else if (scene === 'import-failed') tell({ ...ended, state: 'failed', failure: 'damaged' });
    else if (scene === 'import-interrupted') tell({ ...running, state: 'interrupted' });
    else tell({ ...ended, state: 'done' });
    if (scene === 'import-undo') desk.imports.askUndo(true);
  };
  const unsubscribe = desk.stores.session.subscribe((session) => {
    if (session.phase !== 'signedIn') return;
    unsubscribe();
    void after();
  });
}
