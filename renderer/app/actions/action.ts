import type { Article } from '../../../shared/contracts/knowledge.ts';
import type { Right } from '../../../shared/contracts/rights.ts';
import type { TextKey } from '../../i18n/index.ts';
import type {
  AccountState,
  CallState,
  ConnectionState,
  DeskState,
  FlowsState,
  GuideAtContact,
  ImportState,
  InboxState,
  KnowledgeState,
  MyCustomersState,
  Place,
  RecordState,
  ViewState,
} from '../../stores/index.ts';
import type { Desk } from '../desk.ts';

/** What an action may look at to know whether it applies. Plain data, so that a table can test it. */
export interface ActionState {
  readonly desk: DeskState;
  readonly call: CallState;
  readonly connection: ConnectionState;
  readonly view: ViewState;
  /** Whether the configuration has changes that are not saved. */
  readonly hasUnsaved: boolean;
  /** The page stands in a program of its own, not in a browser. */
  readonly hasProgram: boolean;
  readonly record: RecordState;
  readonly account: AccountState;
  readonly customers: MyCustomersState;
  readonly imports: ImportState;
  readonly inbox: Pick<InboxState, 'writes' | 'panel'>;
  /** That is read beside the work. */
  readonly article: Article | null;
  readonly suggestions: KnowledgeState['suggestions'];
  readonly dismissed: KnowledgeState['dismissed'];
  /** Of the contact that has the agent's attention, and whether it is in sight. */
  readonly guide: GuideAtContact | null;
  readonly isGuideShown: boolean;
  readonly flows: FlowsState;
}

/** What an action may do: the agent's deeds, and moving about the screen. */
export interface ActionMeans {
  readonly desk: Desk;
  /** Turns the keyboard to it; of the states the menu opens. */
  focus(place: 'states' | 'work' | 'centre' | 'customer' | 'notes' | 'composer' | 'supervised'): void;
  /** Opens the computer's choice of a file for the import. */
  chooseImportFile(): void;
  setTheme(theme: 'light' | 'dark'): void;
  setLanguage(language: 'en' | 'zh'): void;
}

export interface ActionDefinition {
  readonly nameKey: TextKey | ((state: ActionState) => TextKey);
  readonly shortcut: string | null;
  isEnabled(state: ActionState): boolean;
  perform(state: ActionState, means: ActionMeans): void;
  /** The key counts where the action stands, which hears it; elsewhere it means something else. */
  readonly isKeyOfPlace?: boolean;
  /** Listed in the palette. Actions that only make sense where they stand are not. */
  readonly isListed?: boolean;
}

export const always = () => true;
export const isOnline = ({ connection }: ActionState) => connection.bridge === 'connected';
/** Neither this control, nor one that excludes it, waits for the bridge. */
export const isIdle = (state: ActionState, control: string) => isOnline(state) && !state.view.pending.includes(control);
export const mayDo = ({ desk }: ActionState, right: Right) => desk.user?.rights.includes(right) === true;

/** Turns to a place of the screen. */
export function place(to: Place, needs: Right, nameKey: TextKey, shortcut: string | null): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) => mayDo(state, needs),
    perform: (_state, { desk }) => desk.goTo(to),
  };
}
