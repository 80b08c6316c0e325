import type { Role } from '../../../shared/contracts/agent.ts';
import type { Locale } from '../../../shared/contracts/contact.ts';
import type { Rows } from './insert-rows.ts';

interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly locale: Locale;
  readonly role: Role;
  readonly extension: string | null;
  /** Levels of billing, technical, sales, general. */
  readonly levels: readonly [number, number, number, number];
}

const agent = (username: string, name: string, locale: Locale, extension: string, ...levels: DemoUser['levels']): DemoUser => ({
  username,
  name,
  locale,
  role: 'agent',
  extension,
  levels,
});

export const demoUsers: readonly DemoUser[] = [
  agent('lena.hartmann', 'Lena Hartmann', 'en', '6012', 4, 3, 3, 4),
  agent('lin.wei', '林薇', 'zh', '6013', 4, 2, 3, 4),
  agent('priya.nair', 'Priya Nair', 'en', '6014', 3, 4, 0, 3),
  agent('shen.jia', '沈佳', 'zh', '6015', 3, 4, 0, 3),
  agent('owen.carter', 'Owen Carter', 'en', '6016', 0, 4, 2, 2),
  agent('wu.haoran', '吴浩然', 'zh', '6017', 0, 4, 2, 2),
  agent('sofia.marin', 'Sofia Marin', 'en', '6018', 2, 0, 4, 3),
  agent('zhao.yuting', '赵雨婷', 'zh', '6019', 2, 0, 4, 3),
  agent('daniel.frost', 'Daniel Frost', 'en', '6020', 3, 0, 3, 4),
  agent('qian.yifan', '钱一凡', 'zh', '6021', 3, 0, 3, 4),
  agent('amara.diallo', 'Amara Diallo', 'en', '6022', 1, 2, 1, 4),
  agent('xu.mengqi', '许梦琪', 'zh', '6023', 1, 2, 1, 4),
  { username: 'dana.whitlock', name: 'Dana Whitlock', locale: 'en', role: 'supervisor', extension: '6001', levels: [3, 3, 3, 3] },
  { username: 'admin', name: 'Administrator', locale: 'en', role: 'administrator', extension: null, levels: [0, 0, 0, 0] },
];

const skills = ['billing', 'technical', 'sales', 'general'] as const;

export function userRows(passwordHash: string): Rows {
  const agentIdOf = (user: DemoUser) => (user.extension === null ? null : `agent-${user.username.replace('.', '-')}`);
  return {
    login: demoUsers.map((user) => ({
      user_id: `user-${user.username.replace('.', '-')}`,
      username: user.username,
      name: user.name,
      role: user.role,
      locale: user.locale,
      agent_id: agentIdOf(user),
      extension: user.extension,
      password_hash: passwordHash,
      is_demo: 1,
      org_unit_id: user.role === 'agent' ? 'ningbo' : 'zhejiang',
    })),
    agent_skill: demoUsers.flatMap((user) =>
      skills.flatMap((skill, index) => {
        const agent_id = agentIdOf(user);
        const level = user.levels[index] ?? 0;
        return agent_id !== null && level > 0 ? [{ agent_id, skill, level }] : [];
      }),
    ),
  };
}
