/** What is drawn over the graph of a flow: how many callers went where, the way of one of them, and where a run that is tried stands. */
export interface FlowOverlay {
  /** By `exitKey`. Where there is none for an edge, nobody took it. */
  readonly exits: ReadonlyMap<string, EdgeOverlay>;
  /** By node. */
  readonly nodes: ReadonlyMap<string, NodeOverlay>;
  /** Edges and nodes that are not in here stand back. */
  readonly isOnly: 'callers' | 'path' | null;
}

/** From 0, nobody, to 4, most of them. */
export type HeatStep = 0 | 1 | 2 | 3 | 4;

export interface EdgeOverlay {
  /** Callers who took it; null: they are not counted here. */
  readonly callers: number | null;
  readonly step: HeatStep;
  /** In pixels. */
  readonly width: number;
  readonly isOnPath: boolean;
}

export interface NodeOverlay {
  /** Who hung up there; null: they are not counted here. */
  readonly hungUp: number | null;
  /** The places that this node has on a way, counted from 1. */
  readonly turns: readonly number[];
  /** The run that is tried is here. */
  readonly isStanding: boolean;
}

export const exitKey = (nodeId: string, exit: string): string => `${nodeId}/${exit}`;

/** The token of a colour. */
export const heatColour = (step: HeatStep): string => `var(--heat-${step})`;
export const widthOfStep: Readonly<Record<HeatStep, number>> = { 0: 1.5, 1: 1.5, 2: 2.5, 3: 4, 4: 6 };
