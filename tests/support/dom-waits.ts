import './react-without-tasks.ts';
import { configure } from '@testing-library/react';

/** A busy machine is not a fault of the screen: what is waited for may take longer than the second that is usual. */
configure({ asyncUtilTimeout: 20_000 });
