const key = 'evals-theme'
type Theme = 'light' | 'dark'

/** What the person chose before; without that the system decides. */
export function restoreTheme(): void {
  const chosen = stored()
  if (chosen !== null) document.documentElement.dataset['theme'] = chosen
}

export function toggleTheme(): void {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark'
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(key, theme)
  } catch {
    // A page from a file may not keep anything.
  }
}

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme']
  if (chosen === 'dark' || chosen === 'light') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function stored(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
