import { Headset, Mail, PhoneIncoming } from 'lucide-react';
import { useState } from 'react';
import {
  AfterPaint,
  Badge,
  Button,
  Chip,
  EmptyState,
  Facts,
  LazyPiece,
  NearEnd,
  PaneHandle,
  Path,
  Section,
  Tabs,
  Timeline,
} from '../../ui/index.ts';
import { Part } from './Part.tsx';
import { useSay } from './say.ts';

const nothing = () => undefined;

export function Lists() {
  const say = useSay();
  const [tab, setTab] = useState('timeline');
  return (
    <>
      <Part name="Timeline, Path">
        <div className="gallery-box">
          <Timeline
            entries={[
              {
                id: '1',
                icon: PhoneIncoming,
                title: (
                  <>
                    <span>{say('Call, in progress', '来电，通话中')}</span>
                    <Chip tone="talking">6:42</Chip>
                  </>
                ),
                detail: say('Key accounts, billing', '大客户，账单'),
                when: '10:42',
              },
              {
                id: '2',
                icon: Mail,
                title: say('Renewal proposal', '续约方案'),
                detail: say('36 months, opened twice', '36 个月，已打开两次'),
                when: say('12 Nov', '11-12'),
                below: <Button size="small">{say('Open', '打开')}</Button>,
              },
            ]}
          />
        </div>
        <div className="gallery-box">
          <Path
            steps={[
              { id: '1', time: '10:41:06', text: say('Dialled 0800 555 0110', '拨打 400 820 0110') },
              { id: '2', time: '10:41:06', text: say('Recognised as Margaret Okafor', '识别为陈志远'), tone: 'good' },
              { id: '3', time: '10:41:12', text: say('Pressed nothing', '未按键'), tone: 'missed' },
              { id: '4', time: '10:41:15', text: say('Bills and payments', '账单与缴费'), pressed: '2' },
              {
                id: '5',
                time: '10:42:14',
                text: say('Rings at your desk', '振铃到您的坐席'),
                detail: say('was number 2', '曾排第 2 位'),
                tone: 'now',
              },
            ]}
          />
        </div>
      </Part>
      <Part name="Section, Facts, Tabs, EmptyState">
        <div className="gallery-box">
          <Section
            title={
              <>
                {say('Open cases', '在途工单')}
                <Badge count={2} />
              </>
            }
            more={say('All 41', '全部 41 项')}
          >
            <Facts
              facts={[
                [say('Number', '号码'), '+44 7700 900142'],
                [say('Country', '国家'), say('United Kingdom', '英国')],
              ]}
            />
          </Section>
        </div>
        <div className="gallery-box">
          <Tabs
            label={say('The record', '客户档案')}
            value={tab}
            onChange={setTab}
            tabs={[
              { value: 'overview', label: say('Overview', '概览'), panel: <p className="section">{say('The overview', '概览内容')}</p> },
              {
                value: 'timeline',
                label: say('Timeline', '接触记录'),
                panel: <p className="section">{say('The timeline', '接触记录内容')}</p>,
              },
              {
                value: 'cases',
                label: (
                  <>
                    {say('Cases', '工单')}
                    <Badge count={2} />
                  </>
                ),
                panel: <p className="section">{say('The cases', '工单内容')}</p>,
              },
            ]}
          />
        </div>
        <div className="gallery-box">
          <EmptyState
            icon={Headset}
            title={say('You are available', '您处于空闲状态')}
            action={<Button kind="primary">{say('Become available', '示闲')}</Button>}
          >
            {say('The next call rings here, with the customer already on the screen.', '下一通来电将在此振铃，客户资料同时显示。')}
          </EmptyState>
        </div>
        <div className="gallery-box">
          <EmptyState title={say('Nothing found', '未找到结果')} />
        </div>
      </Part>
      <Part name="PaneHandle, LazyPiece, NearEnd, AfterPaint">
        <Handle />
        <section
          className="gallery-scroll"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
          tabIndex={0}
          aria-label={say('A long list', '长列表')}
        >
          {Array.from({ length: 40 }, (_each, at) => (
            <LazyPiece key={String(at)} guessedHeight={28}>
              {() => <p className="gallery-line">{say(`Line ${at + 1}`, `第 ${at + 1} 行`)}</p>}
            </LazyPiece>
          ))}
          <NearEnd onNear={nothing} />
          <AfterPaint>
            <p className="small text-3">{say('Drawn behind the first frame', '首帧之后绘制')}</p>
          </AfterPaint>
        </section>
      </Part>
    </>
  );
}

function Handle() {
  const say = useSay();
  const [width, setWidth] = useState<number | null>(null);
  return (
    <div className="gallery-panes">
      <div id="gallery-pane" className="gallery-pane" style={{ width: width ?? 160 }}>
        {say('Drag its edge, or move it by the arrow keys.', '拖动边线，或用方向键调整。')}
      </div>
      <PaneHandle
        label={say('Width of the pane', '窗格宽度')}
        controls="gallery-pane"
        edge="right"
        {...{ width, usual: 160, least: 120, most: 280 }}
        onWidth={setWidth}
        onDone={setWidth}
      />
    </div>
  );
}
