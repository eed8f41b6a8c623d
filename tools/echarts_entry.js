// What Anwei draws with ECharts. Add a chart or component here, then run `python tools/vendor.py --fetch`.
import * as echarts from 'echarts/core';
import { BarChart, CustomChart, HeatmapChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent, CalendarComponent, DatasetComponent, DataZoomComponent, GridComponent, LegendComponent,
  MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent,
} from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([
  BarChart, CustomChart, HeatmapChart, LineChart, PieChart, ScatterChart,
  AriaComponent, CalendarComponent, DatasetComponent, DataZoomComponent, GridComponent, LegendComponent,
  MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent, LabelLayout, SVGRenderer,
]);

window.echarts = { init: echarts.init, getInstanceByDom: echarts.getInstanceByDom };
