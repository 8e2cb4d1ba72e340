import type { HarmlessLine } from "./rules";

/** Attributes that programs put on any element of a workbook. They show nothing. */
export const WORKBOOK_EVERYWHERE = [
  "xmlns",
  "xml:space",
  "mc:Ignorable",
  "x14ac:",
  "xr:",
  "xr2:",
  "xr3:",
  "xr6:",
  "xr10:",
];

/** What may stand in the part that lists the sheets of a workbook. */
export const WORKBOOK: readonly HarmlessLine[] = [
  {
    what: "The list of sheets, whose names, order and hiding are compared",
    names: ["workbook conformance=transitional", "sheets", "sheet name sheetId state r:id"],
  },
  {
    what: "How the window and its tabs stand",
    names: [
      "bookViews",
      "workbookView visibility=visible minimized=no showSheetTabs=yes showHorizontalScroll showVerticalScroll xWindow yWindow windowWidth windowHeight tabRatio=1..1000 firstSheet activeTab autoFilterDateGrouping",
    ],
  },
  {
    what: "The rows on top of each page, which are compared, and the range of a filter",
    names: [
      "definedNames",
      "definedName !name=_xlnm.Print_Titles|_xlnm._FilterDatabase localSheetId hidden function=no vbProcedure=no",
    ],
  },
  {
    what: "What programs note of themselves",
    names: [
      "fileVersion *",
      "workbookPr defaultThemeVersion filterPrivacy backupFile showObjects=all date1904=no dateCompatibility=bool codeName",
      "workbookProtection *",
      "calcPr *",
      "fileRecoveryPr *",
      "xr:revisionPtr *",
      "mc:AlternateContent",
      "mc:Choice Requires=x15",
      "x15ac:absPath url",
      "extLst",
      "ext uri",
      "loext:extCalcPr *",
      "xcalcf:calcFeatures",
      "xcalcf:feature name",
      "x15:workbookPr *",
    ],
  },
];

/** What may stand in a sheet. */
export const SHEET: readonly HarmlessLine[] = [
  {
    what: "Cells, all of which are compared; formulas are named by their cell",
    names: [
      "worksheet",
      "dimension ref",
      "sheetData",
      "row r spans s customFormat ht hidden customHeight outlineLevel collapsed=no thickTop thickBot ph",
      "c r s t ph",
      "v",
      "is",
      "t",
      "f *",
    ],
  },
  {
    what: "Rows and columns, whose room for words and hiding are compared; merged cells, which are compared",
    names: [
      "cols",
      "col min max width style hidden customWidth bestFit collapsed=no outlineLevel phonetic",
      "sheetFormatPr baseColWidth defaultColWidth=4..60 defaultRowHeight=10..60 customHeight zeroHeight=no thickTop thickBottom outlineLevelRow outlineLevelCol",
      "mergeCells count",
      "mergeCell ref",
    ],
  },
  {
    what: "How a sheet is looked at",
    names: [
      "sheetPr filterMode codeName enableFormatConditionsCalculation",
      "tabColor *",
      "outlinePr *",
      "pageSetUpPr fitToPage=yes|no autoPageBreaks",
      "sheetViews",
      "sheetView showFormulas=no rightToLeft=no view=normal|pageLayout|pageBreakPreview zoomScale=20..400 zoomScaleNormal=0..400 zoomScaleSheetLayoutView=0..400 zoomScalePageLayoutView=0..400 showGridLines showRowColHeaders showZeros tabSelected showRuler showOutlineSymbols showWhiteSpace defaultGridColor=yes colorId topLeftCell workbookViewId windowProtection",
      "pane *",
      "selection *",
    ],
  },
  { what: "Protection against slips", names: ["sheetProtection *", "ignoredErrors", "ignoredError *"] },
  {
    what: "Filters and sorting; rows that a filter hides are named as hidden",
    names: ["autoFilter ref", "filterColumn *", "filters *", "filter *", "sortState *", "sortCondition *"],
  },
  {
    what: "How a sheet is printed, in a legible size and without anything beside its cells",
    names: [
      "printOptions headings=no gridLines gridLinesSet horizontalCentered verticalCentered",
      "pageMargins left=0..3 right=0..3 top=0..3 bottom=0..3 header=0..3 footer=0..3",
      "pageSetup scale=40..400 draft=no cellComments=none useFirstPageNumber=no paperSize=1|5|8|9 orientation fitToWidth fitToHeight firstPageNumber pageOrder blackAndWhite errors horizontalDpi verticalDpi copies usePrinterDefaults r:id",
      "rowBreaks count=0..1048576 manualBreakCount=0..1048576",
      "colBreaks count=0..1048576 manualBreakCount=0..1048576",
      "brk id=0..1048576 min=0..1048576 max=0..1048576 man=bool pt=bool",
    ],
  },
  {
    what: "Headers and footers, which are read and compared",
    names: [
      "headerFooter differentFirst differentOddEven alignWithMargins scaleWithDoc",
      "oddHeader",
      "oddFooter",
      "evenHeader",
      "evenFooter",
      "firstHeader",
      "firstFooter",
    ],
  },
  {
    what: "The place of drawn signatures and of signature lines, whose parts are compared",
    names: ["drawing r:id", "legacyDrawing r:id"],
  },
  { what: "How East Asian readings would look", names: ["phoneticPr *"] },
];

/** What may stand among the texts of a workbook. */
export const STRINGS: readonly HarmlessLine[] = [
  {
    what: "Texts of cells, all of which are compared, without readings over them",
    names: ["sst count uniqueCount", "si", "t", "phoneticPr *"],
  },
  {
    what: "Looks of words within a cell, which are computed as those of cells are",
    names: [
      "r",
      "rPr",
      "rFont val=typeface",
      "b val=bool",
      "i val=bool",
      "u val=none|single",
      "sz val=6..60",
      "family val",
      "charset val",
      "scheme val",
      "color rgb theme tint indexed auto",
      "vertAlign val=baseline",
      "strike !val=no",
      "condense !val=no",
      "extend !val=no",
      "outline !val=no",
      "shadow !val=no",
    ],
  },
];

/** What may stand in the styles of a workbook. Which of them a cell with words uses is computed. */
export const CELL_STYLES: readonly HarmlessLine[] = [
  {
    what: "Typefaces that show what they say, in legible sizes; colours, whose contrast is computed",
    names: [
      "styleSheet",
      "fonts count",
      "font",
      "b val=bool",
      "i val=bool",
      "u val=none|single",
      "sz val=6..60",
      "name val=typeface",
      "family val",
      "charset val",
      "scheme val",
      "color rgb theme tint indexed auto",
      "strike !val=no",
      "condense !val=no",
      "extend !val=no",
      "outline !val=no",
      "shadow !val=no",
      "vertAlign val=baseline",
      "fills count",
      "fill",
      "patternFill patternType",
      "fgColor rgb theme tint indexed auto",
      "bgColor rgb theme tint indexed auto",
    ],
  },
  {
    what: "Borders",
    names: [
      "borders count",
      "border diagonalUp=no diagonalDown=no outline",
      ...["left", "right", "top", "bottom", "start", "end", "diagonal", "vertical", "horizontal"].map(
        (side) => `${side} style`,
      ),
    ],
  },
  {
    what: "Styles of cells; a number format on words, and a direction that isn't that of their script, are named by their cell",
    names: [
      "numFmts count",
      "numFmt *",
      "cellStyleXfs count",
      "cellXfs count",
      "xf *",
      "alignment horizontal=general|left|center|right|justify vertical wrapText textRotation=0|90 indent=0..5 relativeIndent=0 shrinkToFit=no readingOrder=0|1|2 justifyLastLine",
      "protection locked hidden=no",
      "cellStyles count",
      "cellStyle *",
    ],
  },
  {
    what: "Lists that are empty, and what no cell uses",
    names: [
      "dxfs count=0",
      "tableStyles *",
      "colors",
      "indexedColors",
      "rgbColor rgb",
      "mruColors",
      "extLst",
      "ext uri",
      "x14:slicerStyles *",
      "x15:timelineStyles *",
    ],
  },
];

/** What may stand in a drawing of a workbook: drawn signatures. */
export const SHEET_DRAWING: readonly HarmlessLine[] = [
  {
    what: "Drawn signatures, whose bytes and descriptions are compared",
    names: [
      "xdr:wsDr",
      "xdr:oneCellAnchor editAs",
      "xdr:twoCellAnchor editAs",
      "xdr:from",
      "xdr:to",
      "xdr:col",
      "xdr:colOff",
      "xdr:row",
      "xdr:rowOff",
      "xdr:ext cx cy",
      "xdr:pic",
      "xdr:nvPicPr",
      "xdr:cNvPr id name descr",
      "xdr:cNvPicPr *",
      "a:picLocks *",
      "xdr:blipFill",
      "a:blip r:embed cstate",
      "a:stretch",
      "a:fillRect",
      "xdr:spPr bwMode",
      "a:xfrm",
      "a:off x y",
      "a:ext cx cy uri",
      "a:prstGeom prst=rect",
      "a:avLst",
      "a:ln w",
      "a:noFill",
      "a:extLst",
      "a16:creationId *",
      "xdr:clientData *",
    ],
  },
];

/** What may stand in a drawing in the old form: lines to sign on, whose words stand in the cells above them. */
export const SIGNATURE_LINES: readonly HarmlessLine[] = [
  {
    what: "Lines to sign on, whose names and pictures are compared",
    names: [
      "xml",
      "o:shapelayout v:ext",
      "o:idmap v:ext data",
      "v:shapetype id=_x0000_t75 coordsize o:spt=75 o:preferrelative path filled stroked",
      "v:stroke joinstyle",
      "v:formulas",
      "v:f eqn",
      "v:path o:extrusionok gradientshapeok o:connecttype",
      "o:lock *",
      "v:shape id !type=#_x0000_t75 alt style o:spid o:insetmode filled stroked",
      "v:imagedata o:relid o:title=",
      "o:signatureline v:ext id provid={00000000-0000-0000-0000-000000000000} o:suggestedsigner o:suggestedsigner2 o:suggestedsigneremail issignatureline=t allowcomments",
      "x:ClientData ObjectType=Pict",
      "x:SizeWithCells",
      "x:MoveWithCells",
      "x:Anchor",
      "x:CF",
      "x:AutoPict",
    ],
  },
];
