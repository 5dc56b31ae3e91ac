/** What the pool starts: a worker with the real parts. */
import { serve } from './worker.js';

serve();
