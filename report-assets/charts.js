// The parts of Apache ECharts that the report draws with, and the reader of the map's format.
import { BarChart, HeatmapChart, MapChart, ScatterChart } from "echarts/charts";
import { GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { feature } from "topojson-client";

use([BarChart, HeatmapChart, MapChart, ScatterChart]);
use([GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

globalThis.vendor = { init, registerMap, feature };
