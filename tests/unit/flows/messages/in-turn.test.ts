import { describe, expect, it } from 'vitest';
import { InTurn } from '../../../../cti-bridge/flows/messages/in-turn.ts';

/** Work that ends when it is told to. */
function workshop() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve(name))));
  };
  const end = async (name: string, error?: Error) => {
    ends.get(name)?.(error);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { begun, work, end };
}

describe('work in turn', () => {
  it('does what belongs to one key in its order, also after a failure, and other keys beside it', async () => {
    const { begun, work, end } = workshop();
    const inTurn = new InTurn();
    const first = inTurn.do('anna', work('anna 1'));
    const second = inTurn.do('anna', work('anna 2'));
    void inTurn.do('ben', work('ben 1'));
    await end('nobody');
    expect(begun).toEqual(['anna 1', 'ben 1']);
    const failed = expect(first).rejects.toThrow('no disk');
    await end('anna 1', new Error('no disk'));
    await failed;
    expect(begun).toEqual(['anna 1', 'ben 1', 'anna 2']);
    await end('anna 2');
    expect(await second).toBe('anna 2');
  });

  it('begins no more than so many at once, whoever waits longest first', async () => {
    const { begun, work, end } = workshop();
    const inTurn = new InTurn({ atOnce: 2 });
    for (const name of ['anna', 'ben', 'chen', 'dina']) void inTurn.do(name, work(name)).catch(() => {});
    await end('nobody');
    expect(begun).toEqual(['anna', 'ben']);
    await end('ben', new Error('no disk'));
    expect(begun).toEqual(['anna', 'ben', 'chen']);
    await end('anna');
    await end('chen');
    expect(begun).toEqual(['anna', 'ben', 'chen', 'dina']);
    await end('dina');
    for (const name of ['emil', 'fang', 'gita']) void inTurn.do(name, work(name));
    await end('nobody');
    expect(begun.slice(4)).toEqual(['emil', 'fang']);
  });
});
