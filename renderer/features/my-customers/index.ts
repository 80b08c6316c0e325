/** The customers somebody looks after, the most pressing first, the days to remember, and handing customers to a colleague. */
export type { MyCustomersDeeds } from './deeds.ts';
export { MyCustomers } from './MyCustomers.tsx';
