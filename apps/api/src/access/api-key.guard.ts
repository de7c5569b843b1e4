export * from './access.guard.js';
