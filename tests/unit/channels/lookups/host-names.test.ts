import { expect, it } from 'vitest';
import { HostNames } from '../../../../cti-bridge/channels/lookups/host-names.ts';

function silentResolver() {
  const asked: string[] = [];
  const answers = new Map<string, PromiseWithResolvers<readonly { address: string; family: number }[]>>();
  const names = new HostNames((name) => {
    asked.push(name);
    const answer = Promise.withResolvers<readonly { address: string; family: number }[]>();
    answers.set(name, answer);
    return answer.promise;
  });
  return { names, asked, answer: (name: string, address: string) => answers.get(name)?.resolve([{ address, family: 4 }]), answers };
}

it('asks once for all who want the same name at the same moment, and anew after that', async () => {
  const { names, asked, answer } = silentResolver();
  const both = Promise.all([names.resolve('a.example'), names.resolve('a.example')]);
  answer('a.example', '1.1.1.1');
  expect(await both).toEqual([[{ address: '1.1.1.1', family: 4 }], [{ address: '1.1.1.1', family: 4 }]]);
  void names.resolve('a.example');
  expect(asked).toEqual(['a.example', 'a.example']);
});

it('asks for no more than two names at once, and for the next when one has its answer or has none', async () => {
  const { names, asked, answers } = silentResolver();
  const first = names.resolve('a.example');
  const others = ['b.example', 'c.example', 'd.example'].map((name) => names.resolve(name));
  expect(asked).toEqual(['a.example', 'b.example']);
  answers.get('a.example')?.reject(new Error('no such name'));
  await expect(first).rejects.toThrow('no such name');
  await Promise.resolve();
  expect(asked).toEqual(['a.example', 'b.example', 'c.example']);
  answers.get('b.example')?.resolve([]);
  await others[0];
  await Promise.resolve();
  expect(asked).toEqual(['a.example', 'b.example', 'c.example', 'd.example']);
});
