/** The session client as the one file that an app would copy. */
export * from '/frontend_token_solution.js';
