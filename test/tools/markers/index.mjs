/** All planted files: one for each format, with a marker in each place that the format has for text. */
import { plantXls, plantXlsb, plantXlsx } from './excel.mjs';
import { plantXmlSpreadsheet } from './flat.mjs';
import { plantFods, plantFodt, plantOdp, plantOds, plantOdt } from './opendocument.mjs';
import { plantEml, plantHtml, plantIcs, plantJson, plantMht, plantMsg, plantPdf, plantVcf, plantXml, plantZip } from './others.mjs';
import { plantPpt, plantPptx } from './slides.mjs';
import { plantDoc, plantDocx, plantRtf } from './word.mjs';

export const plantedFiles = () => [
  plantXlsx('xlsx'),
  plantXlsx('xlsm'),
  plantXlsb(),
  plantXls(),
  plantOds(),
  plantDocx(),
  plantDoc(),
  plantOdt(),
  plantRtf(),
  plantPptx(),
  plantPpt(),
  plantOdp(),
  plantPdf(),
  plantHtml(),
  plantMht(),
  plantXml(),
  plantJson(),
  plantEml(),
  plantMsg(),
  plantVcf(),
  plantIcs(),
  plantZip(),
  plantFodt(),
  plantFods(),
  plantXmlSpreadsheet(),
];
