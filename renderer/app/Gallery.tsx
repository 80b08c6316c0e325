import { Check, Headset, Mail, Mic, MicOff, Phone, PhoneIncoming, Plus, Settings2, Star, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import {
  type Action,
  Avatar,
  Badge,
  Bars,
  Button,
  CallControl,
  CallSlot,
  Certainty,
  Chip,
  Dialog,
  Dot,
  EmptyState,
  Facts,
  Field,
  Halo,
  HangUp,
  IconButton,
  Kbd,
  Keys,
  Menu,
  MenuChoice,
  MenuGroup,
  MenuItem,
  Path,
  PauseBars,
  Popover,
  RingingHalo,
  Section,
  Segments,
  Switch,
  Tabs,
  TextArea,
  Timeline,
  TimerRing,
  Toast,
  type Tone,
} from '../ui/index.ts';
import './gallery.css';

const nothing = () => undefined;
const action = (label: string, shortcut: string | null, isEnabled = true): Action => ({
  id: label,
  label,
  shortcut,
  isEnabled,
  perform: nothing,
});
const tones: readonly Tone[] = ['ready', 'waiting', 'talking', 'finishing', 'away', 'broken'];

/** Every part in all its states, in both themes; no data, no bridge. For whoever builds a screen, and for looking. */
export function Gallery() {
  useEffect(() => {
    document.body.classList.add('gallery-page');
    document.title = 'Crosspoint · Gallery';
  }, []);
  const [theme, setTheme] = useState<'light' | 'dark'>(
    new URLSearchParams(window.location.search).get('theme') === 'dark' ? 'dark' : 'light',
  );
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <main className="gallery">
      <header className="gallery-head">
        <h1>Gallery of parts</h1>
        <Segments
          label="Theme"
          value={theme}
          onChange={setTheme}
          segments={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </header>
      <Controls />
      <CallParts />
      <Words />
      <Fields />
      <Lists />
      <Floating />
    </main>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className="gallery-part">
      <h2>{name}</h2>
      <div className="gallery-row">{children}</div>
    </section>
  );
}

function Controls() {
  const [segment, setSegment] = useState<'all' | 'calls' | 'written'>('all');
  const [isOn, setIsOn] = useState(true);
  return (
    <>
      <Part name="Button">
        <Button>Plain</Button>
        <Button kind="primary" shortcut="Ctrl+Enter">
          Primary
        </Button>
        <Button kind="answer" icon={Phone} shortcut="F2">
          Answer
        </Button>
        <Button kind="end" icon={HangUp} shortcut="F12">
          End
        </Button>
        <Button kind="quiet" icon={Plus}>
          Quiet
        </Button>
        <Button size="small">Small</Button>
        <Button size="tall">Tall</Button>
        <Button disabled>Off</Button>
        <Button kind="primary" disabled shortcut="Ctrl+Enter">
          Primary off
        </Button>
        <IconButton icon={Settings2} label="Icon button" />
      </Part>
      <Part name="Segments, switch, key">
        <Segments
          label="Contacts"
          value={segment}
          onChange={setSegment}
          segments={[
            { value: 'all', label: 'All' },
            { value: 'calls', label: 'Calls' },
            { value: 'written', label: 'Written' },
          ]}
        />
        <Switch label="Ask for a rating" isOn={isOn} onChange={setIsOn} />
        <Switch label="Off" isOn={false} onChange={nothing} />
        <Switch label="Switched off" isOn isOff onChange={nothing} />
        <Kbd keys="Ctrl+Enter" />
        <Kbd keys="Alt++" />
        <Kbd keys="F12" />
      </Part>
    </>
  );
}

function CallParts() {
  return (
    <>
      <Part name="Call control: off, ready, on, held">
        <CallControl icon={Mic} action={action('Mute', 'F3', false)} />
        <CallControl icon={Mic} action={action('Mute', 'F3')} />
        <CallControl icon={MicOff} action={action('Unmute', 'F3')} state="on" />
        <CallControl icon={PauseBars} action={action('Resume', 'F4')} state="held" />
        <CallControl icon={Keys} action={action('Keypad', 'F8')} />
      </Part>
      <Part name="Slots of Answer and End: empty, answer, decline, end">
        <CallSlot kind="answer" icon={Phone} action={action('Answer', 'F2', false)} state="empty" />
        <CallSlot kind="answer" icon={Phone} action={action('Answer', 'F2')} state="solid" />
        <CallSlot kind="end" icon={HangUp} action={action('End', 'F12', false)} state="empty" />
        <CallSlot kind="end" icon={HangUp} action={action('Decline', 'F12')} state="soft" />
        <CallSlot kind="end" icon={HangUp} action={action('End', 'F12')} state="solid" />
      </Part>
      <Part name="State halo, ringing, timer, line quality">
        {tones.map((tone) => (
          <Halo key={tone} tone={tone} />
        ))}
        <RingingHalo icon={PhoneIncoming} />
        <TimerRing part={0.62} />
        {([0, 1, 2, 3, 4] as const).map((level) => (
          <Bars key={level} level={level} />
        ))}
      </Part>
    </>
  );
}

function Words() {
  return (
    <>
      <Part name="Chip, badge, dot">
        <Chip>Plain</Chip>
        <Chip tone="outlined" icon={Star}>
          Key account · Diamond
        </Chip>
        <Chip tone="accent">Accent</Chip>
        {tones.map((tone) => (
          <Chip key={tone} tone={tone} icon={tone === 'ready' ? Check : X}>
            {tone}
          </Chip>
        ))}
        <Badge count={2} />
        <Badge count={12} isAccent />
        {tones.map((tone) => (
          <Dot key={tone} tone={tone} />
        ))}
      </Part>
      <Part name="Avatar, certainty">
        <Avatar name="Margaret Okafor" size="large" />
        <Avatar name="陈志远" size="large" />
        <Avatar name={null} size="large" />
        <Avatar name="Lena Hartmann" />
        <Avatar name="林晓月" size="small" />
        <Certainty level="certain">Certain match</Certainty>
        <Certainty level="likely">Possible match</Certainty>
        <Certainty level="unknown">No match</Certainty>
      </Part>
    </>
  );
}

function Fields() {
  return (
    <Part name="Field: empty, filled, with a problem; text">
      <Field label="Name" placeholder="Nothing yet" />
      <Field label="Name" defaultValue="lena.hartmann" />
      <Field label="Password" type="password" defaultValue="secret" problem="That name and password do not fit together." />
      <TextArea aria-label="Notes" defaultValue={'Text one reads aloud or writes\nstands on a taller line.'} rows={3} />
    </Part>
  );
}

function Lists() {
  const [tab, setTab] = useState('timeline');
  return (
    <>
      <Part name="Timeline and path">
        <div className="gallery-box">
          <Timeline
            entries={[
              {
                id: '1',
                icon: PhoneIncoming,
                title: (
                  <>
                    <span>Call, in progress</span>
                    <Chip tone="talking">6:42</Chip>
                  </>
                ),
                detail: 'Key accounts, billing',
                when: '10:42',
              },
              { id: '2', icon: Mail, title: 'Renewal proposal', detail: '36 months, opened twice', when: '12 Nov' },
            ]}
          />
        </div>
        <div className="gallery-box">
          <Path
            steps={[
              { id: '1', time: '10:41:06', text: 'Dialled 0800 555 0110' },
              { id: '2', time: '10:41:06', text: 'Recognised as Margaret Okafor', tone: 'good' },
              { id: '3', time: '10:41:12', text: 'Pressed nothing', tone: 'missed' },
              { id: '4', time: '10:41:15', text: 'Bills and payments', pressed: '2' },
              { id: '5', time: '10:42:14', text: 'Rings at your desk', detail: 'was number 2', tone: 'now' },
            ]}
          />
        </div>
      </Part>
      <Part name="Section, tabs, empty state">
        <div className="gallery-box">
          <Section
            title={
              <>
                Open cases
                <Badge count={2} />
              </>
            }
            more="All 41"
          >
            <Facts
              facts={[
                ['Number', '+44 7700 900142'],
                ['Country', 'United Kingdom'],
              ]}
            />
          </Section>
        </div>
        <div className="gallery-box">
          <Tabs
            label="The record"
            value={tab}
            onChange={setTab}
            tabs={[
              { value: 'overview', label: 'Overview', panel: <p className="section">The overview</p> },
              { value: 'timeline', label: 'Timeline', panel: <p className="section">The timeline</p> },
              {
                value: 'cases',
                label: (
                  <>
                    Cases
                    <Badge count={2} />
                  </>
                ),
                panel: <p className="section">The cases</p>,
              },
            ]}
          />
        </div>
        <div className="gallery-box">
          <EmptyState icon={Headset} title="You are available" action={<Button kind="primary">Become available</Button>}>
            The next call rings here, with the customer already on the screen.
          </EmptyState>
        </div>
      </Part>
    </>
  );
}

function Floating() {
  const [isOpen, setIsOpen] = useState(false);
  const [choice, setChoice] = useState<'system' | 'light'>('system');
  return (
    <Part name="Menu, popover, dialog, toast">
      <Menu trigger={<Button>Menu</Button>}>
        <MenuGroup label="Take calls">
          <MenuItem label="Available" before={<Dot tone="ready" />} isChosen onChoose={nothing} />
          <MenuItem label="Switched off" before={<Dot tone="away" />} isOff onChoose={nothing} />
        </MenuGroup>
        <MenuChoice
          label="Theme"
          value={choice}
          onChange={setChoice}
          choices={[
            { value: 'system', label: 'As the computer' },
            { value: 'light', label: 'Light' },
          ]}
        />
      </Menu>
      <Popover title="Why you" trigger={<Button>Popover</Button>}>
        <p>You were free for 4 min 12 s, the longest of 3.</p>
      </Popover>
      <Button onClick={() => setIsOpen(true)}>Dialog</Button>
      <Dialog
        title="A dialog stands below the call bar"
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        footer={
          <Button kind="primary" onClick={() => setIsOpen(false)}>
            Done
          </Button>
        }
      >
        <p className="dialog-body">And so does its shade.</p>
      </Dialog>
      <div className="gallery-box">
        <Toast
          tone="away"
          title="Margaret Okafor hung up before you answered"
          text="This is not counted against you."
          closeLabel="Close"
          onClose={nothing}
          lastsMs={null}
        />
      </div>
    </Part>
  );
}
