"""An app of React's in StrictMode, on Vite's development server: its refresh on mount is sent twice."""
