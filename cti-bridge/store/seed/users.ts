import type { UserConfiguration } from '../../../shared/contracts/configuration.ts';
import type { Locale } from '../../../shared/contracts/contact.ts';
import { loginRow } from '../repositories/configuration-rows.ts';
import type { Rows } from './insert-rows.ts';

const skills = ['billing', 'technical', 'sales', 'general'] as const;
type Levels = readonly [billing: number, technical: number, sales: number, general: number];
type Team = 'key-accounts' | 'technical' | 'enquiries';

/** Ids are made of user names, so that tests know them. */
const idOf = (kind: 'user' | 'agent', username: string) => `${kind}-${username.replace('.', '-')}`;

function takesWork(username: string, extension: string, team: Team | null, levels: Levels): UserConfiguration['agent'] {
  const levelsOfSkills = skills.flatMap((skill, index) => ((levels[index] ?? 0) > 0 ? [[skill, levels[index] ?? 0] as const] : []));
  return {
    id: idOf('agent', username),
    extension,
    team,
    capacity: 'standard',
    skills: Object.fromEntries(levelsOfSkills),
    leftQueues: [],
    weight: 1,
    phone: { kind: 'desktop' },
  };
}

function agent(username: string, name: string, locale: Locale, extension: string, team: Team, ...levels: Levels): UserConfiguration {
  return {
    id: idOf('user', username),
    username,
    name,
    role: 'agent',
    locale,
    orgUnit: team === 'technical' ? 'hangzhou' : 'ningbo',
    agent: takesWork(username, extension, team, levels),
  };
}

export const demoUsers: readonly UserConfiguration[] = [
  agent('lena.hartmann', 'Lena Hartmann', 'en', '6012', 'key-accounts', 4, 3, 3, 4),
  agent('lin.wei', '林薇', 'zh', '6013', 'key-accounts', 4, 2, 3, 4),
  agent('priya.nair', 'Priya Nair', 'en', '6014', 'technical', 3, 4, 0, 3),
  agent('shen.jia', '沈佳', 'zh', '6015', 'technical', 3, 4, 0, 3),
  agent('owen.carter', 'Owen Carter', 'en', '6016', 'technical', 0, 4, 2, 2),
  agent('wu.haoran', '吴浩然', 'zh', '6017', 'technical', 0, 4, 2, 2),
  agent('sofia.marin', 'Sofia Marin', 'en', '6018', 'enquiries', 2, 0, 4, 3),
  agent('zhao.yuting', '赵雨婷', 'zh', '6019', 'enquiries', 2, 0, 4, 3),
  agent('daniel.frost', 'Daniel Frost', 'en', '6020', 'key-accounts', 3, 0, 3, 4),
  agent('qian.yifan', '钱一凡', 'zh', '6021', 'key-accounts', 3, 0, 3, 4),
  agent('amara.diallo', 'Amara Diallo', 'en', '6022', 'enquiries', 1, 2, 1, 4),
  agent('xu.mengqi', '许梦琪', 'zh', '6023', 'enquiries', 1, 2, 1, 4),
  {
    id: idOf('user', 'dana.whitlock'),
    username: 'dana.whitlock',
    name: 'Dana Whitlock',
    role: 'supervisor',
    locale: 'en',
    orgUnit: 'zhejiang',
    agent: takesWork('dana.whitlock', '6001', null, [3, 3, 3, 3]),
  },
  { id: idOf('user', 'admin'), username: 'admin', name: 'Administrator', role: 'administrator', locale: 'en', orgUnit: 'hq', agent: null },
];

export function userRows(passwordHash: string): Rows {
  return { login: demoUsers.map((user) => ({ ...loginRow(user), password_hash: passwordHash, is_demo: 1 })) };
}
