/**
 * A day played through the router in virtual time: what would happen with these queues, these people and these customers. Pure: reads no
 * file and no clock, and the same scenario with the same seed gives the same figures to the last digit.
 *
 * Two things to know: it is the very router that serves real contacts, fed with the same events; and every habit of customers and agents
 * has a stream of chance of its own, so that two configurations are compared on the same customers.
 */
export { type DayMean, type Days, differenceOf, playDays, type QueueMeans } from './days.ts';
export { type Figures, figuresOf, type GroupFigures, type QueueFigures } from './figures.ts';
export { type Customer, type Plan, type PlannedAgent, planOf } from './plan.ts';
export { readScenario, type ScenarioReading } from './read-scenario.ts';
export { type RecordedDay, scenarioOfDay } from './recorded-day.ts';
export type { Scenario } from './scenario.ts';
export { type Outcome, type SimulatedContact, simulate } from './simulate.ts';
