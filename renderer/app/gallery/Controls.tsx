import { Phone, Plus, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button, HangUp, IconButton, Kbd, Segments, Switch, Tick } from '../../ui/index.ts';
import { Part } from './Part.tsx';
import { useSay } from './say.ts';

const nothing = () => undefined;

export function Controls() {
  const say = useSay();
  const [segment, setSegment] = useState<'all' | 'calls' | 'written'>('all');
  const [isOn, setIsOn] = useState(true);
  const kinds = [
    ['plain', say('Plain', '普通')],
    ['primary', say('Primary', '主要')],
    ['answer', say('Answer', '接听')],
    ['end', say('End', '挂断')],
    ['quiet', say('Quiet', '弱化')],
  ] as const;
  const states = [
    ['', say('Normal', '正常')],
    ['as-hover', say('Hover', '悬停')],
    ['as-pressed', say('Pressed', '按下')],
    ['as-focus', say('Focus', '焦点')],
    ['off', say('Off', '停用')],
  ] as const;
  return (
    <>
      <Part name="Button">
        <table className="gallery-states">
          <thead>
            <tr>
              <td />
              {states.map(([state, name]) => (
                <th key={state} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map(([kind, name]) => (
              <tr key={kind}>
                <th scope="row">{name}</th>
                {states.map(([state]) => (
                  <td key={state}>
                    <Button
                      kind={kind}
                      {...(kind === 'answer'
                        ? { icon: Phone }
                        : kind === 'end'
                          ? { icon: HangUp }
                          : kind === 'quiet'
                            ? { icon: Plus }
                            : {})}
                      shortcut={kind === 'primary' ? 'Ctrl+Enter' : kind === 'answer' ? 'F2' : null}
                      className={state}
                      disabled={state === 'off'}
                    >
                      {name}
                    </Button>
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">IconButton</th>
              {states.map(([state]) => (
                <td key={state}>
                  <IconButton
                    icon={Settings2}
                    label={say('Settings', '设置')}
                    shortcut="Ctrl+,"
                    className={state}
                    disabled={state === 'off'}
                  />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
        <Button size="small">{say('Small', '小')}</Button>
        <Button size="tall">{say('Tall', '高')}</Button>
        <Button kind="primary" disabled aria-busy="true">
          {say('Saving…', '正在保存…')}
        </Button>
        <Button className="gallery-narrow">
          {say('A name that is longer than there is room for', '比按钮宽度更长的名称会在末尾截断')}
        </Button>
      </Part>
      <Part name="Segments, Switch, Tick, Kbd">
        <Segments
          label={say('Contacts', '联络')}
          value={segment}
          onChange={setSegment}
          segments={[
            { value: 'all', label: say('All', '全部') },
            { value: 'calls', label: say('Calls', '通话') },
            { value: 'written', label: say('Written', '书面') },
          ]}
        />
        <Switch label={say('Ask for a rating', '邀请评价')} isOn={isOn} onChange={setIsOn} />
        <Switch label={say('Record the call', '录音')} isOn={false} onChange={nothing} />
        <Switch label={say('On, switched off', '已开启，不可更改')} isOn isOff onChange={nothing} />
        <Switch label={say('Off, switched off', '未开启，不可更改')} isOn={false} isOff onChange={nothing} />
        {(['', 'as-hover', 'as-focus', 'off'] as const).map((state) => (
          <span key={state} className="gallery-ticks">
            <Tick className={state} disabled={state === 'off'} aria-label={say('Not chosen', '未选')} checked={false} onChange={nothing} />
            <Tick className={state} disabled={state === 'off'} aria-label={say('Chosen', '已选')} checked onChange={nothing} />
            <Tick
              className={state}
              disabled={state === 'off'}
              aria-label={say('Some chosen', '部分已选')}
              checked={false}
              isPartly
              onChange={nothing}
            />
          </span>
        ))}
        <Kbd keys="Ctrl+Enter" />
        <Kbd keys="Alt++" />
        <Kbd keys="Alt+ArrowLeft" />
        <Kbd keys="F12" />
      </Part>
    </>
  );
}
