import { render } from 'preact'
import { App } from './app.tsx'
import { isReport } from './data/report-part.ts'
import { ReportSource } from './data/report-source.ts'
import { ServerSource } from './data/server-source.ts'
import { restoreTheme } from './layout/theme.ts'
import './style/base.css'
import './style/figures.css'
import './style/samples.css'
import './style/values.css'

restoreTheme()
const root = document.getElementById('app')
if (root !== null) render(<App source={isReport() ? new ReportSource() : new ServerSource()} />, root)
