import { useState } from 'react';
import {
  Button,
  Dialog,
  Dot,
  Menu,
  MenuChoice,
  MenuGroup,
  MenuItem,
  Popover,
  Tips,
  TipText,
  Toast,
  ToastStack,
  tipOf,
} from '../../ui/index.ts';
import { Part } from './Part.tsx';
import { useSay } from './say.ts';

const nothing = () => undefined;

export function Floating() {
  const say = useSay();
  const [isOpen, setIsOpen] = useState(false);
  const [choice, setChoice] = useState<'system' | 'light'>('system');
  const figures = say('Jitter 4 ms, 0.2% lost', '抖动 4 毫秒，丢包 0.2%');
  return (
    <>
      <Part name="Menu, MenuGroup, MenuItem, MenuChoice, Popover, Dialog">
        <Menu trigger={<Button>{say('Menu', '菜单')}</Button>}>
          <MenuGroup label={say('Take calls', '接听来电')}>
            <MenuItem label={say('Available', '空闲')} before={<Dot tone="ready" />} shortcut="Alt+Shift+R" isChosen onChoose={nothing} />
            <MenuItem label={say('Break', '小休')} before={<Dot tone="away" />} shortcut="1" onChoose={nothing} />
            <MenuItem label={say('Switched off', '停用')} before={<Dot tone="away" />} shortcut="2" isOff onChoose={nothing} />
          </MenuGroup>
          <MenuChoice
            label={say('Theme', '外观')}
            value={choice}
            onChange={setChoice}
            choices={[
              { value: 'system', label: say('As the computer', '跟随系统') },
              { value: 'light', label: say('Light', '浅色') },
            ]}
          />
        </Menu>
        <Popover title={say('Why you', '为何分配给您')} trigger={<Button>{say('Popover', '浮层')}</Button>}>
          <p>{say('You were free for 4 min 12 s, the longest of 3.', '您已空闲 4 分 12 秒，是 3 人中最久的。')}</p>
        </Popover>
        <Button onClick={() => setIsOpen(true)}>{say('Dialog', '对话框')}</Button>
        <Dialog
          title={say('A dialog stands below the call bar', '对话框位于通话栏下方')}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          footer={
            <Button kind="primary" onClick={() => setIsOpen(false)}>
              {say('Done', '完成')}
            </Button>
          }
        >
          <p className="dialog-body">{say('And so does its shade.', '遮罩同样如此。')}</p>
        </Dialog>
      </Part>
      <Part name="Tips, TipText">
        <Button {...tipOf(say('Line', '线路'), 'Alt+Q', figures)}>{say('Good line', '线路良好')}</Button>
        <span className="tip">
          <TipText words={say('Mute', '静音')} keys={['F3']} note={null} />
        </span>
        <span className="tip">
          <TipText words={say('Line', '线路')} keys={['Alt+Q']} note={figures} />
        </span>
        <Tips />
      </Part>
      <Part name="Toast, ToastStack">
        <div className="gallery-stack">
          <ToastStack>
            <Toast
              tone="away"
              title={say('Margaret Okafor hung up before you answered', '陈志远在您接听前已挂断')}
              text={say('This is not counted against you.', '不会计入您的考核。')}
              closeLabel={say('Close', '关闭')}
              onClose={nothing}
              lastsMs={null}
            />
            <Toast
              tone="broken"
              title={say('The microphone is gone', '麦克风已断开')}
              closeLabel={say('Close', '关闭')}
              onClose={nothing}
              lastsMs={null}
            >
              <Button size="small">{say('Choose another', '选择其他设备')}</Button>
            </Toast>
          </ToastStack>
        </div>
      </Part>
    </>
  );
}
